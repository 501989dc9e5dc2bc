import { describe, expect, it } from 'vitest';
import { lengthProblems } from './file-length.ts';
import { vocabularyProblems } from './subgraph-vocabulary.ts';

const anatomy = ['subgraph.ts', 'main.ts', 'index.ts'];

describe('the file vocabulary of a subgraph', () => {
  it('knows every part of the anatomy', () => {
    const files = [
      ...anatomy,
      'environment.ts',
      'references.ts',
      'booking/booking.type.ts',
      'booking/booking.service.test.ts',
      'booking/booking.service.faults.test.ts',
      'events/on-payment-authorized.ts',
      'jobs/expire-holds.job.ts',
      'routes/calendar.route.ts',
    ];
    expect(vocabularyProblems('bookings', files)).toEqual([]);
  });

  it.each([
    'utils.ts',
    'booking/helpers.ts',
    'booking/booking.controller.ts',
    'booking/bookingService.ts',
    'booking/deep/booking.type.ts',
    'events/payment-authorized.ts',
    'jobs/expire-holds.ts',
  ])('does not know %s', (file) => {
    expect(vocabularyProblems('bookings', [...anatomy, file])).toEqual([
      expect.stringContaining(`subgraphs/bookings/src/${file} `),
    ]);
  });

  it('misses what every subgraph has', () => {
    expect(vocabularyProblems('bookings', ['subgraph.ts', 'index.ts'])).toEqual([
      expect.stringContaining('main.ts is missing'),
    ]);
  });
});

describe('the length of a file', () => {
  it('may reach 300 lines', () => {
    expect(lengthProblems([{ path: 'a.ts', lines: 300 }], {})).toEqual([]);
  });
  it('asks for a split past it', () => {
    expect(lengthProblems([{ path: 'a.ts', lines: 301 }], {})).toEqual([
      'a.ts has 301 lines; split it at 300.',
    ]);
  });
  it('passes with a listed reason, for as long as it is needed', () => {
    const allowances = { 'a.ts': 'A table is one thing.' };
    expect(lengthProblems([{ path: 'a.ts', lines: 400 }], allowances)).toEqual([]);
    expect(lengthProblems([{ path: 'a.ts', lines: 200 }], allowances)).toHaveLength(1);
  });
});

import { type GraphQLScalarType, Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DateTime } from './date-time.ts';
import { email, id, line, paragraph } from './input-text.ts';
import { SafeInt } from './safe-int.ts';
import { Currency, Locale, TimeZone } from './text-scalars.ts';

const inLiteral = (scalar: GraphQLScalarType<unknown, unknown>, value: string) =>
  scalar.parseLiteral({ kind: Kind.STRING, value });

describe('DateTime', () => {
  it.each([
    ['2027-02-14T18:30:00+05:30', '2027-02-14T13:00:00.000Z'],
    ['2027-02-14t13:00:00z', '2027-02-14T13:00:00.000Z'],
    ['2027-02-14T13:00Z', '2027-02-14T13:00:00.000Z'],
    ['2028-02-29T00:00:00.123456789Z', '2028-02-29T00:00:00.123Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('reads %s as the instant %s, as a variable and as a literal', (text, instant) => {
    expect(DateTime.serialize(DateTime.parseValue(text))).toBe(instant);
    expect(DateTime.serialize(inLiteral(DateTime, text))).toBe(instant);
  });

  it.each([
    'tomorrow',
    '2027-02-14',
    '2027-02-14T13:00:00',
    '2027-02-14 13:00:00Z',
    '2027-02-29T00:00:00Z',
    '2027-04-31T00:00:00Z',
    '2027-13-01T00:00:00Z',
    '2027-02-14T25:00:00Z',
    '2027-02-14T13:60:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '+275760-01-01T00:00:00Z',
    1_800_000_000_000,
    null,
  ])('refuses %j', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow();
  });
});

describe('SafeInt', () => {
  it('carries what JSON carries exactly, bigint columns included', () => {
    expect(SafeInt.parseValue(Number.MAX_SAFE_INTEGER)).toBe(9_007_199_254_740_991);
    expect(SafeInt.serialize(250_000n)).toBe(250_000);
    expect(SafeInt.parseLiteral({ kind: Kind.INT, value: '-5' })).toBe(-5);
  });

  it.each([1.5, 2 ** 53, '5', null, Number.NaN])('refuses %j', (value) => {
    expect(() => SafeInt.parseValue(value)).toThrow();
  });

  it('never rounds on the way out', () => {
    expect(() => SafeInt.serialize(2n ** 53n)).toThrow();
  });
});

describe.each<[GraphQLScalarType<string, string>, string[], unknown[]]>([
  [TimeZone, ['Asia/Kolkata', 'UTC', 'America/New_York'], ['Asia/Amaravati', '+05:30', '', 7]],
  [Locale, ['te-IN', 'en', 'sr-Latn-RS'], ['telugu language', '', 'x', 7]],
  [Currency, ['INR', 'JPY', 'USD'], ['RUPEE', 'inr', 'XX', '', 7]],
])('%s', (scalar, good, bad) => {
  it('takes what is known and refuses the rest, as a variable and as a literal', () => {
    for (const text of good) {
      expect(scalar.parseValue(text)).toBe(text);
      expect(inLiteral(scalar, text)).toBe(text);
    }
    for (const value of bad) expect(() => scalar.parseValue(value)).toThrow();
    expect(() => scalar.parseLiteral({ kind: Kind.INT, value: '7' })).toThrow();
  });
});

describe('text that is stored and mailed', () => {
  const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, text: unknown) =>
    schema.safeParse(text).success;

  it('is one line without control characters, or several', () => {
    expect(line(10).parse('  సీత ')).toBe('సీత');
    for (const text of ['', '  ', 'a\nb', 'a\rb', 'a\u0000b', 'a\u007fb', 'x'.repeat(11), 7]) {
      expect(accepts(line(10), text)).toBe(false);
    }
    expect(accepts(paragraph(10), 'a\n\tb')).toBe(true);
    for (const text of ['a\u0000b', 'a\u001bb', 'x'.repeat(11)]) {
      expect(accepts(paragraph(10), text)).toBe(false);
    }
  });

  it('is an address that one person writes in one way', () => {
    expect(email.parse(' Sita@Example.COM ')).toBe('sita@example.com');
    for (const text of [
      'sita',
      'a@b',
      'a@b.co\nBcc: c@d.co',
      'a b@c.de',
      `${'x'.repeat(250)}@a.co`,
    ]) {
      expect(accepts(email, text)).toBe(false);
    }
  });

  it('is an id in lower case', () => {
    expect(id.parse('01890000-0000-7000-8000-00000000000E')).toBe(
      '01890000-0000-7000-8000-00000000000e',
    );
    for (const text of ['x', '', "' or 1=1", '01890000000070008000000000000000']) {
      expect(accepts(id, text)).toBe(false);
    }
  });
});

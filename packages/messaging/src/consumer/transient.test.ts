import { expect, test } from 'vitest';
import { DependencyDown, isTransient } from './transient.ts';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

test.each([
  ['a refused connection', withCode('ECONNREFUSED')],
  ['a server that shuts down', withCode('57P01')],
  ['a deadlock', withCode('40P01')],
  ['Prisma without a database', withCode('P1001')],
  ['a dependency a handler names', new DependencyDown('Mail')],
  ['any of these inside another', new Error('wrapped', { cause: withCode('ECONNRESET') })],
  [
    'what Prisma’s adapter reports',
    Object.assign(new Error('raw query failed'), {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode: '57P01' } } },
    }),
  ],
  ['a connection that ended without a code', new Error('Connection terminated unexpectedly')],
])('%s is tried again for as long as it lasts', (_, error) => {
  expect(isTransient(error)).toBe(true);
});

test.each([
  ['a broken constraint', withCode('23505')],
  ['a handler’s own mistake', new TypeError('x is undefined')],
  ['something thrown that is no error', 'poison'],
])('%s counts towards parking', (_, error) => {
  expect(isTransient(error)).toBe(false);
});

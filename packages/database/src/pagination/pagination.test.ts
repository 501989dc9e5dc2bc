import { CodedError } from '@eventxperts/errors';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, parseCursor } from './cursor.ts';
import { pageOf, parseFirst } from './page.ts';

function refusalOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof CodedError) return error.extensions;
  }
  return undefined;
}

const atAfter = { code: 'BAD_USER_INPUT', field: 'after' };

test('a cursor gives back what it was made of, in any script and whatever the separators', () => {
  const keys = ['లక్ష్మి, "the" \\host', '2026-01-02T03:04:05.678Z', '0190'];
  expect(decodeCursor(encodeCursor(keys), 3)).toEqual(keys);
  expect(decodeCursor(encodeCursor([9_007_199_254_740_991, 'id']), 2)).toEqual([
    '9007199254740991',
    'id',
  ]);
});

test.each([
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('hello').toString('base64url')],
  ['another shape', Buffer.from('{"length":2}').toString('base64url')],
  ['other types', Buffer.from('[1,null]').toString('base64url')],
  ['a cursor of another list', encodeCursor(['one'])],
  ['a zero byte', encodeCursor(['a\u0000b', 'id'])],
  ['a cut cursor', encodeCursor(['abcdef', 'id']).slice(0, -3)],
  ['a huge one', encodeCursor(['x'.repeat(5_000), 'id'])],
  ['nothing', ''],
])('a cursor that was tampered with is bad input: %s', (_, cursor) => {
  expect(refusalOf(() => decodeCursor(cursor, 2))).toEqual(atAfter);
});

test('a cursor of the right shape with a wrong key is bad input, not a fault of the database', () => {
  const keys = z.tuple([z.iso.datetime(), z.uuid()]);
  const good = ['2026-01-02T03:04:05.678Z', '01900000-0000-7000-8000-000000000000'];
  expect(parseCursor(encodeCursor(good), keys)).toEqual(good);
  expect(refusalOf(() => parseCursor(encodeCursor(['yesterday', good[1] ?? '']), keys))).toEqual(
    atAfter,
  );
});

test('a page says whether another one follows, and where it starts', () => {
  const rows = ['a', 'b', 'c'];
  const cursorOf = (row: string): string => `cursor of ${row}`;
  expect(pageOf(rows, 2, cursorOf)).toEqual({
    nodes: ['a', 'b'],
    pageInfo: { hasNextPage: true, endCursor: 'cursor of b' },
  });
  expect(pageOf(rows, 3, cursorOf).pageInfo).toEqual({
    hasNextPage: false,
    endCursor: 'cursor of c',
  });
  expect(pageOf([], 3, cursorOf)).toEqual({
    nodes: [],
    pageInfo: { hasNextPage: false, endCursor: null },
  });
});

test('a page has 1 to 100 entries, 20 unless told', () => {
  expect([undefined, null, 1, 100].map(parseFirst)).toEqual([20, 20, 1, 100]);
  for (const first of [0, -1, 101, 1.5, Number.NaN]) {
    expect(refusalOf(() => parseFirst(first))).toEqual({ code: 'BAD_USER_INPUT', field: 'first' });
  }
});

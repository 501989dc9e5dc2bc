import { expect, test } from 'vitest';
import { Lru } from './lru.ts';

const key = (name: string, length = 10) => name.padEnd(length, '.');

test('what was not used for longest goes first, by the length of keys', () => {
  const cache = new Lru<number>(100);
  for (let i = 0; i < 10; i++) cache.set(key(`k${i}`), i);
  expect(cache.get(key('k0'))).toBe(0);
  cache.set(key('new'), 10);
  expect(cache.get(key('k1'))).toBeUndefined();
  expect(cache.get(key('k0'))).toBe(0);
  expect(cache.get(key('new'))).toBe(10);
});

test('setting a key again does not count twice, and a very long key is not kept', () => {
  const cache = new Lru<number>(100);
  for (let i = 0; i < 50; i++) cache.set(key('same'), i);
  cache.set(key('other'), 1);
  expect(cache.get(key('same'))).toBe(49);
  cache.set(key('long', 11), 1);
  expect(cache.get(key('long', 11))).toBeUndefined();
});

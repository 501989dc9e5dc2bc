import { expect, test } from 'vitest';
import { everyFrame, type KillPoint } from './every-frame.ts';
import { seededRandom } from './seeded-random.ts';

const recordInto = (seen: KillPoint[]) => async (kill: KillPoint | undefined) => {
  if (kill !== undefined) seen.push(kill);
  return { frames: 3, killed: kill !== undefined };
};

test('kills before and after every frame of the clean run', async () => {
  const seen: KillPoint[] = [];
  const report = await everyFrame(recordInto(seen), { seed: 1 });
  expect(seen.map(({ frame, when }) => `${when} ${frame}`)).toEqual([
    'before 1',
    'after 1',
    'before 2',
    'after 2',
    'before 3',
    'after 3',
  ]);
  expect(report).toMatchObject({ frames: 3, points: 6, killed: 6, seed: 1 });
});

test('kills that happen at the same time are all counted', async () => {
  const both = async (kill: KillPoint | undefined) => {
    await new Promise(setImmediate);
    return { frames: 8, killed: kill !== undefined };
  };
  expect(await everyFrame(both, { seed: 1, concurrency: 4 })).toMatchObject({ killed: 16 });
});

test('a sample has the size asked for and is the same for the same seed', async () => {
  const sampled = async (seed: number) => {
    const seen: KillPoint[] = [];
    await everyFrame(recordInto(seen), { seed, limit: 2 });
    return seen;
  };
  expect(await sampled(5)).toHaveLength(2);
  expect(await sampled(5)).toEqual(await sampled(5));
  const samples = await Promise.all([1, 2, 3, 4, 5, 6].map(sampled));
  expect(new Set(samples.map((sample) => JSON.stringify(sample))).size).toBeGreaterThan(1);
});

test('a broken invariant names where the process was killed', async () => {
  const breaks = async (kill: KillPoint | undefined) => {
    if (kill?.frame === 2 && kill.when === 'after') throw new Error('a row without its event');
    return { frames: 3, killed: true };
  };
  await expect(everyFrame(breaks, { seed: 9 })).rejects.toThrow(
    'kill after frame 2 of 3, seed 9: a row without its event',
  );
});

test('a broken invariant ends the sweep, after the runs under way', async () => {
  let underWay = 0;
  const run = async (kill: KillPoint | undefined) => {
    underWay += 1;
    await new Promise(setImmediate);
    if (kill?.frame === 2) throw new Error('broken');
    await new Promise(setImmediate);
    underWay -= kill?.frame === 2 ? 0 : 1;
    return { frames: 50, killed: true };
  };
  await expect(everyFrame(run, { seed: 1, concurrency: 3 })).rejects.toThrow('broken');
  expect(underWay).toBeLessThanOrEqual(2);
});

test('a seed repeats its numbers, all below one', () => {
  const [first, second] = [seededRandom(42), seededRandom(42)];
  const numbers = Array.from({ length: 100 }, first);
  expect(numbers).toEqual(Array.from({ length: 100 }, second));
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
});

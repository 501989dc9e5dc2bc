import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendLive } from './append-live.ts';
import { type LiveDatabase, liveDatabase } from './live.fixture.ts';

let database: LiveDatabase;
beforeAll(async () => {
  database = await liveDatabase();
});
afterAll(() => database.stop());

it('counts each stream by itself, and leaves no gap for what was rolled back', async () => {
  await database.append('a', 1);
  await database
    .transaction(async (tx) => {
      await appendLive(tx, 'a', { number: 2 });
      throw new Error('rolled back');
    })
    .catch(() => undefined);
  await database.append('a', 3);
  await database.append('b', 1);
  const { rows } = await database.pool.query(
    `select stream, seq::int, payload->'number' as number from platform.live order by stream, seq`,
  );
  expect(rows).toEqual([
    { stream: 'a', seq: 1, number: 1 },
    { stream: 'a', seq: 2, number: 3 },
    { stream: 'b', seq: 1, number: 1 },
  ]);
});

it('refuses an update that would fill the log', async () => {
  const text = 'x'.repeat(70_000);
  await expect(database.transaction((tx) => appendLive(tx, 'a', { text }))).rejects.toThrow(
    /check constraint/,
  );
});

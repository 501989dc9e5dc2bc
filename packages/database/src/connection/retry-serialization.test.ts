import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { createPool } from './create-pool.ts';
import { withClient } from './ensure-database.ts';
import { retrySerialization } from './retry-serialization.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await withClient(database.url, (client) =>
    client.query(
      'CREATE TABLE seat (id int PRIMARY KEY, taken int NOT NULL); INSERT INTO seat VALUES (1, 0), (2, 0)',
    ),
  );
});
afterAll(() => database.drop());

/** One transaction that adds one to both seats, in the order given. */
async function take(order: readonly number[]): Promise<void> {
  await withClient(database.url, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    for (const id of order)
      await client.query('UPDATE seat SET taken = taken + 1 WHERE id = $1', [id]);
    await client.query('COMMIT');
  });
}

test('transactions that deadlock or collide are run again until all are done', async () => {
  const orders = [
    [1, 2],
    [2, 1],
    [1, 2],
    [2, 1],
  ];
  await Promise.all(orders.map((order) => retrySerialization(() => take(order), { attempts: 50 })));
  const pool = createPool({ url: database.url, max: 1, name: 'reader' });
  const { rows } = await pool.query('SELECT taken FROM seat');
  await pool.end();
  expect(rows).toEqual([{ taken: 4 }, { taken: 4 }]);
});

test('other failures pass at once, and a lost transaction is not tried for ever', async () => {
  const calls: string[] = [];
  const fail = (code: string) => () => {
    calls.push(code);
    return Promise.reject(Object.assign(new Error(code), { code }));
  };
  await expect(retrySerialization(fail('23505'))).rejects.toThrow('23505');
  await expect(retrySerialization(fail('40001'), { attempts: 3 })).rejects.toThrow('40001');
  expect(calls).toEqual(['23505', '40001', '40001', '40001']);
});

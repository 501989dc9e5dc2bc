import { readFile } from 'node:fs/promises';
import { createPool, type SqlTransaction } from '@eventxperts/database';
import { testDatabase } from '@eventxperts/database/testing';
import { pino } from 'pino';
import { appendLive } from './append-live.ts';
import { createLive, type LiveUpdate } from './create-live.ts';

interface Connection {
  query(sql: string, values: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/** A database with the live log, any number of writers, and readers that stand for replicas. */
export async function liveDatabase() {
  const database = await testDatabase();
  const pool = createPool({ url: database.url, max: 12, name: 'live-test' });
  await pool.query(await readFile(new URL('../sql/live.sql', import.meta.url), 'utf8'));
  const replicas: ReturnType<typeof createLive>[] = [];

  /** One mutation: `run` in a transaction, committed if it does not throw. */
  async function transaction(run: (tx: SqlTransaction) => Promise<void>): Promise<void> {
    const connection = await pool.connect();
    try {
      await connection.query('begin');
      await run(transactionOn(connection));
      await connection.query('commit');
    } catch (error) {
      await connection.query('rollback');
      throw error;
    } finally {
      connection.release();
    }
  }

  return {
    url: database.url,
    pool,
    transaction,
    append: (stream: string, number: number) =>
      transaction((tx) => appendLive(tx, stream, { number })),
    replica() {
      const live = createLive({ databaseUrl: database.url, log: pino({ level: 'silent' }) });
      replicas.push(live);
      return live;
    },
    async stop() {
      await Promise.all(replicas.map((live) => live.stop()));
      await pool.end();
      await database.drop();
    },
  };
}

export type LiveDatabase = Awaited<ReturnType<typeof liveDatabase>>;

const transactionOn = (connection: Connection): SqlTransaction => ({
  async $queryRawUnsafe(sql, ...values) {
    const { rows } = await connection.query(sql, values);
    return rows as never;
  },
  async $executeRawUnsafe(sql, ...values) {
    return (await connection.query(sql, values)).rowCount ?? 0;
  },
});

/** The next `count` updates of a subscription. */
export async function take(
  updates: AsyncIterator<LiveUpdate>,
  count: number,
): Promise<LiveUpdate[]> {
  const taken: LiveUpdate[] = [];
  while (taken.length < count) {
    const { value, done } = await updates.next();
    if (done) throw new Error(`The subscription ended after ${taken.length} updates.`);
    taken.push(value);
  }
  return taken;
}

/** From `first` on, each one more than the one before. */
export const gapless = (first: number, count: number): bigint[] =>
  Array.from({ length: count }, (_, index) => BigInt(first + index));

import { readFile } from 'node:fs/promises';
import { createPool, type SqlTransaction } from '@eventxperts/database';
import { type TestDatabase, testDatabase } from '@eventxperts/database/testing';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDomainStore } from './domain-store.ts';
import { silentBus } from './testing/silent-bus.ts';

let database: TestDatabase;
let store: ReturnType<typeof notesStore>;
const afterCommit = vi.fn();

beforeEach(async () => {
  database = await testDatabase();
  const pool = createPool({ url: database.url, max: 1, name: 'setup' });
  await pool.query(
    await readFile(new URL('../../messaging/sql/messaging.sql', import.meta.url), 'utf8'),
  );
  await pool.query('create table note (name text primary key, count int not null)');
  await pool.query(`insert into note values ('a', 0), ('b', 0)`);
  await pool.end();
  afterCommit.mockReset();
  store = notesStore(database.url);
});
afterEach(async () => {
  await store.stop();
  await database.drop();
});

/** The parts of a generated Prisma client that a store drives, on node-postgres. */
function client(url: string) {
  const pool = createPool({ url, max: 4, name: 'notes' });
  const on = (connection: Pick<typeof pool, 'query'>): SqlTransaction => ({
    async $queryRawUnsafe(sql, ...values) {
      return (await connection.query(sql, values)).rows as never;
    },
    async $executeRawUnsafe(sql, ...values) {
      return (await connection.query(sql, values)).rowCount ?? 0;
    },
  });
  return {
    ...on(pool),
    async $transaction<R>(run: (tx: SqlTransaction) => Promise<R>): Promise<R> {
      const connection = await pool.connect();
      try {
        await connection.query('begin');
        const result = await run(on(connection as never));
        await connection.query('commit');
        return result;
      } catch (error) {
        await connection.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        connection.release();
      }
    },
    $disconnect: () => pool.end(),
  };
}

const notesStore = (url: string) =>
  createDomainStore({
    domain: 'notes',
    platform: { databaseUrl: url, bus: silentBus, log: pino({ level: 'silent' }) },
    prisma: client(url),
    handlers: [],
    afterCommit,
  });

const add = (tx: SqlTransaction, name: string) =>
  tx.$executeRawUnsafe('update note set count = count + 1 where name = $1', name);
const counts = () =>
  store.prisma.$queryRawUnsafe<{ name: string; count: number }[]>(
    'select * from note order by name',
  );

it('runs a transaction again that lost a deadlock, and counts it once', async () => {
  const meet = rendezvous(2);
  let runs = 0;
  const crossing = (first: string, second: string) =>
    store.transaction(async (tx) => {
      runs += 1;
      await add(tx, first);
      await meet();
      await add(tx, second);
    });
  await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
  expect(runs).toBe(3);
  expect(await counts()).toEqual([
    { name: 'a', count: 2 },
    { name: 'b', count: 2 },
  ]);
  expect(afterCommit).toHaveBeenCalledTimes(2);
});

it('runs a transaction once that failed for a reason of its own, and tells nobody', async () => {
  const run = vi.fn(async (tx: SqlTransaction) => {
    await add(tx, 'a');
    throw new Error('no');
  });
  await expect(store.transaction(run)).rejects.toThrow('no');
  expect(run).toHaveBeenCalledTimes(1);
  expect(await counts()).toContainEqual({ name: 'a', count: 0 });
  expect(afterCommit).not.toHaveBeenCalled();
});

it('is ready once its relay is, and not when its database is gone', async () => {
  expect(await store.ready()).toBe(false);
  await store.start();
  await vi.waitUntil(() => store.ready(), { timeout: 10_000 });
  await database.drop();
  expect(await store.ready()).toBe(false);
});

/** Resolves for everyone when `count` have come; later comers pass. */
function rendezvous(count: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived >= count) open();
    return opened;
  };
}

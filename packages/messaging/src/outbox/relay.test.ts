import { createListener } from '@eventxperts/database';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BusRecord } from '../bus/event-bus.ts';
import { type DomainDatabase, domainDatabase } from '../promises/domain-database.ts';
import { keyOf } from '../promises/plan.ts';
import { pgTransact } from '../promises/victim/pg-transact.ts';
import { changeThing } from '../promises/victim/thing.ts';
import { createRelay, type Relay } from './relay.ts';

const log = pino({ level: 'silent' });
const patience = { timeout: 10_000, interval: 10 };

let database: DomainDatabase;
const relays: Relay[] = [];

beforeEach(async () => {
  database = await domainDatabase();
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await database.drop();
});

async function startRelay(publish: (records: readonly BusRecord[]) => Promise<void>) {
  const relay = createRelay({ databaseUrl: database.url, domain: 'users', bus: { publish }, log });
  relays.push(relay);
  relay.start();
  await vi.waitFor(() => expect(relay.ready()).toBe(true), patience);
  return relay;
}

const change = (value: string) =>
  pgTransact(database.sql)((tx) => changeThing(tx, { key: keyOf(1), value }));

const waiting = async () => {
  const { rows } = await database.sql.query(
    'select version::int from platform.outbox order by seq',
  );
  return rows.map(({ version }) => version);
};

test('a row leaves the outbox only when the bus has confirmed it', async () => {
  const publishing: (() => void)[] = [];
  const relay = await startRelay(() => new Promise((resolve) => void publishing.push(resolve)));
  await change('one');
  relay.wake();
  await vi.waitFor(() => expect(publishing).toHaveLength(1), patience);
  expect(await waiting()).toEqual([1]);
  publishing[0]?.();
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), patience);
  expect(relay.published()).toBe(1);
});

test('a batch the bus refused is published again, whole and before what came later', async () => {
  const offered: number[][] = [];
  await startRelay(async (records) => {
    offered.push(records.map(({ value }) => JSON.parse(value).sequence));
    if (offered.length < 3) throw new Error('not now');
  });
  for (const value of ['one', 'two', 'three']) await change(value);
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), patience);
  expect(offered.slice(2).flat()).toEqual([1, 2, 3]);
});

test('a row that becomes visible after one with a larger number is not skipped', async () => {
  const published: string[] = [];
  await startRelay(async (records) => void published.push(...records.map(({ key }) => key)));
  await pgTransact(database.sql)(async (slow) => {
    await changeThing(slow, { key: keyOf(1), value: 'slow' });
    await pgTransact(database.sql)((tx) => changeThing(tx, { key: keyOf(2), value: 'fast' }));
    await vi.waitFor(() => expect(published).toEqual([keyOf(2)]), patience);
  });
  await vi.waitFor(() => expect(published).toEqual([keyOf(2), keyOf(1)]), patience);
});

test('a relay that stands by passes wakes on, many as one', async () => {
  await startRelay(async () => undefined);
  const standby = await startRelay(async () => undefined);
  const heard = vi.fn();
  const listener = createListener({ url: database.url, log });
  await listener.listen('platform_outbox', heard);
  heard.mockClear();
  for (let times = 0; times < 100; times += 1) standby.wake();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), patience);
  await listener.stop();
});

test('of several relays one works, and the others do not repeat what it has in hand', async () => {
  const publishing: (() => void)[] = [];
  const publish = () => new Promise<void>((resolve) => void publishing.push(resolve));
  for (let count = 0; count < 3; count += 1) await startRelay(publish);
  await change('one');
  await vi.waitFor(() => expect(publishing).toHaveLength(1), patience);
  const { rows: since } = await database.sql.query('select clock_timestamp() as now');
  await vi.waitFor(async () => {
    const { rows } = await database.sql.query(
      `select from pg_stat_activity
       where datname = current_database() and application_name = 'users relay'
         and query like '%pg_try_advisory_lock%' and query_start > $1`,
      [since[0]?.now],
    );
    expect(rows).toHaveLength(2);
  }, patience);
  expect(publishing).toHaveLength(1);
  publishing[0]?.();
});

test('two writers of one version are told apart in the database', async () => {
  await change('one');
  await database.sql.query('update thing set version = 0');
  await expect(change('again')).rejects.toThrow(/outbox_topic_key_version_key/);
});

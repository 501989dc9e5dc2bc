import { createPool, type SqlTransaction } from '@eventxperts/database';
import { type TestDatabase, testDatabase } from '@eventxperts/database/testing';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventBus } from './bus/event-bus.ts';
import { createPostgresBus } from './bus/postgres/postgres-bus.ts';
import { defineHandler, type EventHandler } from './consumer/handler.ts';
import { DependencyDown } from './consumer/transient.ts';
import type { Envelope } from './envelope.ts';
import { createMessaging, type Messaging } from './messaging.ts';
import { type DomainDatabase, domainDatabase } from './promises/domain-database.ts';
import { type Change, keyOf, outcomeOf, planOf } from './promises/plan.ts';
import { pgTransact } from './promises/victim/pg-transact.ts';
import { seeThings } from './promises/victim/seen.ts';
import { changeThing, thingChanged } from './promises/victim/thing.ts';
import type { RepublishSource } from './republish.ts';

const log = pino({ level: process.env.MESSAGING_LOG ?? 'silent' });
const patience = { timeout: 20_000, interval: 20 };

let database: DomainDatabase;
let busDatabase: TestDatabase;
let bus: EventBus;
let busSql: Pool;
let pool: Pool;
const started: Messaging[] = [];

beforeEach(async () => {
  database = await domainDatabase();
  busDatabase = await testDatabase();
  bus = createPostgresBus({ url: busDatabase.url, log });
  await bus.start();
  busSql = createPool({ url: busDatabase.url, max: 1, name: 'judge' });
  pool = createPool({ url: database.url, max: 6, name: 'domain' });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((messaging) => messaging.stop()));
  await bus.stop();
  await Promise.all([pool.end(), busSql.end()]);
  await Promise.all([database.drop(), busDatabase.drop()]);
});

interface DomainOptions {
  readonly domain?: string;
  readonly handlers?: readonly EventHandler[];
  readonly bus?: EventBus;
  readonly republish?: readonly RepublishSource<SqlTransaction>[];
}

async function startDomain(options: DomainOptions = {}): Promise<Messaging> {
  const messaging = createMessaging({
    domain: 'users',
    handlers: [see],
    databaseUrl: database.url,
    transact: pgTransact(pool),
    bus,
    log,
    ...options,
  });
  started.push(messaging);
  await messaging.start();
  return messaging;
}

const see = defineHandler('user.updated', seeThings);

async function change(one: Change): Promise<void> {
  await pgTransact(pool)((tx) => changeThing(tx, one));
  for (const messaging of started) messaging.wake();
}
const changeAll = async (plan: readonly Change[]) => {
  for (const one of plan) await change(one);
};

const seen = async () => {
  const { rows } = await pool.query(
    'select id, version::int, value, applied_count, out_of_turn from seen order by id',
  );
  return rows;
};

const seenOnce = (plan: readonly Change[]) =>
  outcomeOf(plan).map((thing) => ({ ...thing, applied_count: thing.version, out_of_turn: 0 }));

const untilSeen = (plan: readonly Change[]) =>
  vi.waitFor(async () => expect(await seen()).toEqual(seenOnce(plan)), patience);

const values = (rows: readonly { id: string; value: string }[], key: string) =>
  rows.find(({ id }) => id === key)?.value;

test('every change is applied once and in order, and the outbox is empty afterwards', async () => {
  const messaging = await startDomain();
  const plan = planOf({ seed: 1, keys: 5, changes: 100 });
  await changeAll(plan);
  messaging.wake();
  await untilSeen(plan);
  await vi.waitFor(async () => {
    expect(await messaging.metrics()).toEqual({
      outboxDepth: 0,
      outboxOldestSeconds: 0,
      parkedNow: 0,
      published: 100,
      applied: 100,
      parked: 0,
    });
  }, patience);
  expect(await messaging.ready()).toBe(true);
});

test('order holds with several relays while the leading one is deposed again and again', async () => {
  await Promise.all(Array.from({ length: 3 }, () => startDomain()));
  const plan = planOf({ seed: 2, keys: 6, changes: 400 });
  const lanes = new Map<string, Change[]>();
  for (const one of plan) lanes.set(one.key, [...(lanes.get(one.key) ?? []), one]);
  let writing = true;
  const deposing = (async () => {
    while (writing) await vi.waitFor(async () => expect(await deposeLeader()).toBe(1), patience);
  })();
  await Promise.all([...lanes.values()].map(changeAll));
  writing = false;
  await deposing;
  await untilSeen(plan);
}, 60_000);

/** Ends the session that holds the relay's lock. Returns how many there were. */
async function deposeLeader(): Promise<number | null> {
  const { rowCount } = await database.sql.query(
    `select pg_terminate_backend(l.pid) from pg_locks l
     join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and a.application_name = 'users relay'
       and a.datname = current_database()`,
  );
  return rowCount;
}

test('replaying a whole topic changes nothing', async () => {
  const messaging = await startDomain();
  const plan = planOf({ seed: 3, keys: 5, changes: 60 });
  await changeAll(plan);
  await untilSeen(plan);
  await messaging.stop();
  await busSql.query('update bus_offset set next = 0');
  await startDomain();
  await vi.waitFor(async () => {
    const { rows } = await busSql.query(
      `select sum(next)::int as next from bus_offset where group_name = 'users'`,
    );
    expect(rows).toEqual([{ next: 60 }]);
  }, patience);
  expect(await seen()).toEqual(seenOnce(plan));
});

test('a poison message parks, its key waits, others move on; redrive keeps order and drops repetitions', async () => {
  let cured = false;
  const fussy = defineHandler('user.updated', async (tx, envelopes) => {
    const poison = envelopes.some(({ data }) => data.displayName === 'poison');
    if (poison && !cured) throw new Error('cannot digest it');
    await seeThings(tx, envelopes);
  });
  const messaging = await startDomain({ handlers: [fussy] });
  const [sick, well] = [keyOf(1), keyOf(2)];
  const plan = [
    { key: sick, value: 'fine' },
    { key: sick, value: 'poison' },
    { key: well, value: 'one' },
    { key: sick, value: 'after' },
    { key: well, value: 'two' },
  ];
  await changeAll(plan);
  await vi.waitFor(async () => {
    expect(await messaging.parked()).toMatchObject([
      { topic: 'user', key: sick, version: 2n, error: 'cannot digest it' },
      { topic: 'user', key: sick, version: 3n, error: null },
    ]);
  }, patience);
  await vi.waitFor(async () => expect(values(await seen(), well)).toBe('two'), patience);
  await change({ key: sick, value: 'last' });
  await vi.waitFor(async () => expect(await messaging.parked()).toHaveLength(3), patience);
  expect(values(await seen(), sick)).toBe('fine');

  expect(await messaging.redrive()).toBe(0);
  expect((await messaging.parked())[0]?.error).toContain('cannot digest it');

  cured = true;
  // The topic is replayed while messages are parked, and redriven twice at once.
  await busSql.query('update bus_offset set next = 0');
  const redriven = await Promise.all([messaging.redrive(), messaging.redrive()]);
  expect(redriven[0] + redriven[1]).toBe(3);
  await untilSeen([...plan, { key: sick, value: 'last' }]);
  expect(await messaging.parked()).toEqual([]);
  await change({ key: sick, value: 'as ever' });
  await vi.waitFor(async () => expect(values(await seen(), sick)).toBe('as ever'), patience);
});

test('a parked message is announced once on the dead-letter topic', async () => {
  const sick = defineHandler('user.updated', () => Promise.reject(new Error('cannot digest it')));
  await startDomain({ handlers: [sick] });
  await change({ key: keyOf(1), value: 'poison' });
  await vi.waitFor(async () => {
    const { rows } = await busSql.query<{ key: string; value: string }>(
      `select key, value from bus_log where topic = 'dead-letter'`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0]?.value ?? '')).toMatchObject({
      consumer: 'users',
      topic: 'user',
      key: keyOf(1),
      error: 'cannot digest it',
    });
  }, patience);
});

test('bytes that are no event park; given up, their line goes on', async () => {
  const messaging = await startDomain();
  await bus.publish([{ topic: 'user', key: keyOf(1), value: '{"specversion":"0.3"}' }]);
  await change({ key: keyOf(1), value: 'waits' });
  await vi.waitFor(async () => expect(await messaging.parked()).toHaveLength(2), patience);
  const [first] = await messaging.parked();
  expect(first?.error).toBe('The message is not a CloudEvent.');
  expect(await messaging.discardParked(first?.seq ?? 0n)).toBe(true);
  expect(await messaging.redrive({ key: keyOf(1) })).toBe(1);
  await untilSeen([{ key: keyOf(1), value: 'waits' }]);
});

test('an event older than the inbox remembers is parked and never applied', async () => {
  const messaging = await startDomain();
  const ancient = {
    specversion: '1.0',
    id: '01800000-0000-7000-8000-000000000000',
    source: 'urn:eventxperts:users',
    type: 'user.updated',
    subject: keyOf(1),
    time: '2022-04-04T00:00:00Z',
    sequence: 1,
    data: thingChanged(keyOf(1), 1, 'ancient').data,
  };
  await bus.publish([{ topic: 'user', key: keyOf(1), value: JSON.stringify(ancient) }]);
  await vi.waitFor(async () => expect(await messaging.parked()).toHaveLength(1), patience);
  expect(await messaging.redrive()).toBe(0);
  expect(await seen()).toEqual([]);
});

test('while a dependency is down nothing is parked, however often it is tried', async () => {
  let tries = 0;
  const needy = defineHandler('user.updated', async (tx, envelopes) => {
    tries += 1;
    if (tries <= 7) throw new DependencyDown('Mail');
    await seeThings(tx, envelopes);
  });
  const messaging = await startDomain({ handlers: [needy] });
  await change({ key: keyOf(1), value: 'patient' });
  await vi.waitFor(async () => expect(tries).toBeGreaterThan(3), patience);
  expect(await messaging.parked()).toEqual([]);
  tries = 7;
  await untilSeen([{ key: keyOf(1), value: 'patient' }]);
}, 40_000);

test('what a handler appends goes out at once, so a chain of reactions does not add up sweeps', async () => {
  const hops = 20;
  const countOn = defineHandler('user.updated', async (tx, envelopes) => {
    for (const { subject, sequence } of envelopes) {
      if (sequence < hops) await changeThing(tx, { key: subject, value: `hop ${sequence + 1}` });
    }
  });
  const messaging = await startDomain({ handlers: [countOn] });
  await change({ key: keyOf(1), value: 'hop 1' });
  const applied = async () => (await messaging.metrics()).applied;
  await vi.waitFor(async () => expect(await applied()).toBe(hops), { ...patience, timeout: 8_000 });
});

test('while the broker is down changes succeed and wait, then go out in order', async () => {
  const messaging = await startDomain();
  const plan = planOf({ seed: 4, keys: 4, changes: 80 });
  await changeAll(plan.slice(0, 20));
  await untilSeen(plan.slice(0, 20));
  const server = createPool({ url: database.url, max: 1, name: 'judge' });
  const name = new URL(busDatabase.url).pathname.slice(1);
  await server.query(`alter database ${name} allow_connections false`);
  await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    name,
  ]);
  await changeAll(plan.slice(20));
  messaging.wake();
  expect((await messaging.metrics()).outboxDepth).toBe(60);
  expect(await bus.ready()).toBe(false);
  await server.query(`alter database ${name} allow_connections true`);
  await server.end();
  await untilSeen(plan);
  expect((await messaging.metrics()).outboxDepth).toBe(0);
}, 40_000);

test('a projection built from republished state equals one built from history', async () => {
  const history = await startDomain({ republish: [things] });
  const plan = planOf({ seed: 5, keys: 450, changes: 600 });
  await changeAll(plan);
  await untilSeen(plan);
  await busSql.query(`delete from bus_log`);
  await pool.query('create table projection (id uuid primary key, sequence bigint, value text)');
  await startDomain({ domain: 'newcomer', handlers: [project] });
  expect(await history.republish()).toBe(450);
  await vi.waitFor(async () => {
    const { rows } = await pool.query('select id, value from projection order by id');
    expect(rows).toEqual(outcomeOf(plan).map(({ id, value }) => ({ id, value })));
  }, patience);
}, 60_000);

const things: RepublishSource<SqlTransaction> = {
  async page(tx, after, limit) {
    const rows = await tx.$queryRawUnsafe<{ id: string; version: string; value: string }[]>(
      `update thing set version = version + 1
       where id in (select id from thing where $1::uuid is null or id > $1::uuid
                    order by id limit $2::int for update)
       returning id::text, version::text, value`,
      after ?? null,
      limit,
    );
    return rows
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, version, value }) => thingChanged(id, Number(version), value));
  },
};

const project = defineHandler(
  'user.updated',
  async (tx, envelopes: readonly Envelope<'user.updated'>[]) => {
    for (const { subject, sequence, data } of envelopes) {
      await tx.$executeRawUnsafe(
        `insert into projection as p (id, sequence, value) values ($1::uuid, $2::bigint, $3)
       on conflict (id) do update set sequence = excluded.sequence, value = excluded.value
       where p.sequence < excluded.sequence`,
        subject,
        sequence,
        data.displayName,
      );
    }
  },
);

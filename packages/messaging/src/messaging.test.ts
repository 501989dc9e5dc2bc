import { createPool, type SqlTransaction } from '@eventxperts/database';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineHandler } from './consumer/handler.ts';
import type { Envelope } from './envelope.ts';
import { openTestDomain, patience, seenOnce, type TestDomain } from './messaging.fixture.ts';
import { type Change, keyOf, outcomeOf, planOf } from './promises/plan.ts';
import { changeThing, thingChanged } from './promises/victim/thing.ts';
import type { RepublishSource } from './republish.ts';

let domain: TestDomain;
beforeEach(async () => {
  domain = await openTestDomain();
});
afterEach(() => domain.stop());

test('every change is applied once and in order, and the outbox is empty afterwards', async () => {
  const messaging = await domain.start();
  const plan = planOf({ seed: 1, keys: 5, changes: 100 });
  await domain.changeAll(plan);
  messaging.wake();
  await domain.untilSeen(plan);
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
  await Promise.all(Array.from({ length: 3 }, () => domain.start()));
  const plan = planOf({ seed: 2, keys: 6, changes: 400 });
  const lanes = new Map<string, Change[]>();
  for (const one of plan) lanes.set(one.key, [...(lanes.get(one.key) ?? []), one]);
  let writing = true;
  const deposing = (async () => {
    while (writing) await vi.waitFor(async () => expect(await deposeLeader()).toBe(1), patience);
  })();
  await Promise.all([...lanes.values()].map(domain.changeAll));
  writing = false;
  await deposing;
  await domain.untilSeen(plan);
}, 60_000);

/** Ends the session that holds the relay's lock. Returns how many there were. */
async function deposeLeader(): Promise<number | null> {
  const { rowCount } = await domain.sql.query(
    `select pg_terminate_backend(l.pid) from pg_locks l
     join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and a.application_name = 'users relay'
       and a.datname = current_database()`,
  );
  return rowCount;
}

test('replaying a whole topic changes nothing', async () => {
  const messaging = await domain.start();
  const plan = planOf({ seed: 3, keys: 5, changes: 60 });
  await domain.changeAll(plan);
  await domain.untilSeen(plan);
  await messaging.stop();
  await domain.busSql.query('update bus_offset set next = 0');
  await domain.start();
  await vi.waitFor(async () => {
    const { rows } = await domain.busSql.query(
      `select sum(next)::int as next from bus_offset where group_name = 'users'`,
    );
    expect(rows).toEqual([{ next: 60 }]);
  }, patience);
  expect(await domain.seen()).toEqual(seenOnce(plan));
});

test('what a handler appends goes out at once, so a chain of reactions does not add up sweeps', async () => {
  const hops = 20;
  const countOn = defineHandler('user.updated', async (tx, envelopes) => {
    for (const { subject, sequence } of envelopes) {
      if (sequence < hops) await changeThing(tx, { key: subject, value: `hop ${sequence + 1}` });
    }
  });
  const messaging = await domain.start({ handlers: [countOn] });
  await domain.change({ key: keyOf(1), value: 'hop 1' });
  const applied = async () => (await messaging.metrics()).applied;
  await vi.waitFor(async () => expect(await applied()).toBe(hops), { ...patience, timeout: 8_000 });
});

test('while the broker is down changes succeed and wait, then go out in order', async () => {
  const messaging = await domain.start();
  const plan = planOf({ seed: 4, keys: 4, changes: 80 });
  await domain.changeAll(plan.slice(0, 20));
  await domain.untilSeen(plan.slice(0, 20));
  const server = createPool({ url: domain.database.url, max: 1, name: 'judge' });
  const name = new URL(domain.busDatabase.url).pathname.slice(1);
  await server.query(`alter database ${name} allow_connections false`);
  await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    name,
  ]);
  await domain.changeAll(plan.slice(20));
  messaging.wake();
  expect((await messaging.metrics()).outboxDepth).toBe(60);
  expect(await domain.bus.ready()).toBe(false);
  await server.query(`alter database ${name} allow_connections true`);
  await server.end();
  await domain.untilSeen(plan);
  expect((await messaging.metrics()).outboxDepth).toBe(0);
}, 40_000);

test('a projection built from republished state equals one built from history', async () => {
  const history = await domain.start({ republish: [things] });
  const plan = planOf({ seed: 5, keys: 450, changes: 600 });
  await domain.changeAll(plan);
  await domain.untilSeen(plan);
  await domain.busSql.query(`delete from bus_log`);
  await domain.sql.query(
    'create table projection (id uuid primary key, sequence bigint, value text)',
  );
  await domain.start({ domain: 'newcomer', handlers: [project] });
  expect(await history.republish()).toBe(450);
  await vi.waitFor(async () => {
    const { rows } = await domain.sql.query('select id, value from projection order by id');
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

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTestDomain, patience, type TestDomain } from '../messaging.fixture.ts';
import { keyOf } from '../promises/plan.ts';
import { seeThings } from '../promises/victim/seen.ts';
import { thingChanged } from '../promises/victim/thing.ts';
import { defineHandler } from './handler.ts';
import { DependencyDown } from './transient.ts';

let domain: TestDomain;
beforeEach(async () => {
  domain = await openTestDomain();
});
afterEach(() => domain.stop());

const shownValue = async (key: string) => (await domain.seen()).find(({ id }) => id === key)?.value;

test('a poison message parks, its key waits, others move on; redrive keeps order and drops repetitions', async () => {
  let cured = false;
  const fussy = defineHandler('user.updated', async (tx, envelopes) => {
    const poison = envelopes.some(({ data }) => data.displayName === 'poison');
    if (poison && !cured) throw new Error('cannot digest it');
    await seeThings(tx, envelopes);
  });
  const messaging = await domain.start({ handlers: [fussy] });
  const [sick, well] = [keyOf(1), keyOf(2)];
  const plan = [
    { key: sick, value: 'fine' },
    { key: sick, value: 'poison' },
    { key: well, value: 'one' },
    { key: sick, value: 'after' },
    { key: well, value: 'two' },
  ];
  await domain.changeAll(plan);
  await vi.waitFor(async () => {
    expect(await messaging.parked()).toMatchObject([
      { topic: 'user', key: sick, version: 2n, error: 'cannot digest it' },
      { topic: 'user', key: sick, version: 3n, error: null },
    ]);
  }, patience);
  await vi.waitFor(async () => expect(await shownValue(well)).toBe('two'), patience);
  await domain.change({ key: sick, value: 'last' });
  await vi.waitFor(async () => expect(await messaging.parked()).toHaveLength(3), patience);
  expect(await shownValue(sick)).toBe('fine');

  expect(await messaging.redrive()).toBe(0);
  expect((await messaging.parked())[0]?.error).toContain('cannot digest it');

  cured = true;
  // The topic is replayed while messages are parked, and redriven twice at once.
  await domain.busSql.query('update bus_offset set next = 0');
  const redriven = await Promise.all([messaging.redrive(), messaging.redrive()]);
  expect(redriven[0] + redriven[1]).toBe(3);
  await domain.untilSeen([...plan, { key: sick, value: 'last' }]);
  expect(await messaging.parked()).toEqual([]);
  await domain.change({ key: sick, value: 'as ever' });
  await vi.waitFor(async () => expect(await shownValue(sick)).toBe('as ever'), patience);
});

test('a message that arrives while its line is redriven follows it, and is not left behind', async () => {
  let digest: Promise<void> | undefined;
  const slow = defineHandler('user.updated', async (tx, envelopes) => {
    if (envelopes.some(({ data }) => data.displayName === 'poison')) {
      if (!digest) throw new Error('cannot digest it');
      await digest;
    }
    await seeThings(tx, envelopes);
  });
  const messaging = await domain.start({ handlers: [slow] });
  const plan = [
    { key: keyOf(1), value: 'poison' },
    { key: keyOf(1), value: 'follows' },
  ];
  await domain.changeAll(plan.slice(0, 1));
  await vi.waitFor(async () => expect(await messaging.parked()).toHaveLength(1), patience);
  let finish = () => {};
  digest = new Promise((resolve) => {
    finish = resolve;
  });
  const redriving = messaging.redrive();
  await domain.changeAll(plan.slice(1));
  await vi.waitFor(async () => {
    const { rows } = await domain.sql.query(
      `select from pg_locks where locktype = 'advisory' and not granted
       and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(rows).toHaveLength(1);
  }, patience);
  finish();
  expect(await redriving).toBe(1);
  await domain.untilSeen(plan);
  expect(await messaging.parked()).toEqual([]);
});

test('a parked message is announced once on the dead-letter topic', async () => {
  const sick = defineHandler('user.updated', () => Promise.reject(new Error('cannot digest it')));
  await domain.start({ handlers: [sick] });
  await domain.change({ key: keyOf(1), value: 'poison' });
  await vi.waitFor(async () => {
    const { rows } = await domain.busSql.query<{ key: string; value: string }>(
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
  const messaging = await domain.start();
  await domain.bus.publish([{ topic: 'user', key: keyOf(1), value: '{"specversion":"0.3"}' }]);
  await domain.change({ key: keyOf(1), value: 'waits' });
  await vi.waitFor(async () => expect(await messaging.parked()).toHaveLength(2), patience);
  const [first] = await messaging.parked();
  expect(first?.error).toBe('The message is not a CloudEvent.');
  expect(await messaging.discardParked(first?.seq ?? 0n)).toBe(true);
  expect(await messaging.redrive({ key: keyOf(1) })).toBe(1);
  await domain.untilSeen([{ key: keyOf(1), value: 'waits' }]);
});

test('an event older than the inbox remembers is parked and never applied', async () => {
  const messaging = await domain.start();
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
  await domain.bus.publish([{ topic: 'user', key: keyOf(1), value: JSON.stringify(ancient) }]);
  await vi.waitFor(async () => expect(await messaging.parked()).toHaveLength(1), patience);
  expect(await messaging.redrive()).toBe(0);
  expect(await domain.seen()).toEqual([]);
});

test('while a dependency is down nothing is parked, however often it is tried', async () => {
  let tries = 0;
  const needy = defineHandler('user.updated', async (tx, envelopes) => {
    tries += 1;
    if (tries <= 7) throw new DependencyDown('Mail');
    await seeThings(tx, envelopes);
  });
  const messaging = await domain.start({ handlers: [needy] });
  await domain.change({ key: keyOf(1), value: 'patient' });
  await vi.waitFor(async () => expect(tries).toBeGreaterThan(3), patience);
  expect(await messaging.parked()).toEqual([]);
  tries = 7;
  await domain.untilSeen([{ key: keyOf(1), value: 'patient' }]);
}, 40_000);

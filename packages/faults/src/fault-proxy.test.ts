import { testDatabase } from '@eventxperts/database/testing';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundleVictim, type VictimBundle } from './bundle-victim.ts';
import { eventually } from './eventually.ts';
import { everyFrame, type FaultRun } from './every-frame.ts';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { postgresFramer } from './postgres-framer.ts';
import { through } from './through.ts';
import { spawnVictim } from './victim.ts';

const log = pino({ level: 'silent' });
let database: Awaited<ReturnType<typeof testDatabase>>;
let direct: pg.Client;
let proxy: FaultProxy;
let bundle: VictimBundle;

const startProxy = () =>
  createFaultProxy({
    target: Number(new URL(database.url).port),
    framer: postgresFramer,
    log,
  });

beforeAll(async () => {
  bundle = await bundleVictim(new URL('./insert.victim.ts', import.meta.url).pathname);
});
afterAll(() => bundle.remove());

beforeEach(async () => {
  database = await testDatabase();
  direct = new pg.Client(database.url);
  await direct.connect();
  await direct.query('create table thing (name text)');
  proxy = await startProxy();
});
afterEach(async () => {
  await proxy.stop();
  await direct.end();
  await database.drop();
});

const connected = async () => {
  const client = new pg.Client(through(proxy, database.url));
  client.on('error', () => {});
  await client.connect();
  return client;
};

const rows = async () => (await direct.query('select name from thing')).rows.length;
const others = async () => {
  const { rows } = await direct.query(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  expect(rows[0].n).toBe(0);
};

/** Kills the inserting process and tells what it left. */
const insertOnce: FaultRun = async (kill) => {
  await direct.query('truncate thing');
  const own = await startProxy();
  const environment = { DATABASE_URL: through(own, database.url) };
  const victim = spawnVictim({ script: bundle.script, environment, log });
  if (kill !== undefined) {
    own.on(kill.frame, { kind: 'kill', when: kill.when, victim: () => victim });
  }
  await victim.exited;
  await own.stop();
  await eventually(others);
  const told = victim.messages().includes('committed');
  const [, commit] = own.frames().filter((frame) => frame.label === 'Query');
  const held = kill?.when === 'before' && kill.frame === commit?.number;
  expect(await rows()).toBe(commit !== undefined && !held ? 1 : 0);
  if (told) expect(await rows()).toBe(1);
  return { frames: own.frames().length, killed: own.acted() === 1 };
};

test('a kill before the commit leaves nothing, a kill after it leaves the row', async () => {
  const report = await everyFrame(insertOnce, { seed: 1 });
  expect(report.points).toBe(report.frames * 2);
  expect(report.killed).toBeGreaterThan(report.points - 4);
});

test('a cut breaks the one connection', async () => {
  const [first, second] = [await connected(), await connected()];
  proxy.on(proxy.frames().length + 1, { kind: 'cut', when: 'before' });
  await expect(first.query("insert into thing values ('lost')")).rejects.toThrow();
  await second.query("insert into thing values ('kept')");
  expect(await rows()).toBe(1);
  await second.end();
});

test('a stalled frame waits for its promise, then passes', async () => {
  const client = await connected();
  let release = () => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  proxy.on(proxy.frames().length + 1, { kind: 'stall', until });
  const inserted = client.query("insert into thing values ('late')");
  await eventually(() => expect(proxy.acted()).toBe(1));
  expect(await rows()).toBe(0);
  release();
  await inserted;
  expect(await rows()).toBe(1);
  await client.end();
});

test('while down nothing connects, and afterwards it does', async () => {
  const client = await connected();
  proxy.down();
  await expect(client.query('select 1')).rejects.toThrow();
  await expect(connected()).rejects.toThrow();
  proxy.up();
  await (await connected()).end();
});

import { testDatabase } from '@eventxperts/database/testing';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';
import type { Direction } from './frame.ts';
import { postgresFramer } from './postgres-framer.ts';
import { through } from './through.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let proxy: FaultProxy;

beforeEach(async () => {
  database = await testDatabase();
  const target = Number(new URL(database.url).port);
  proxy = await createFaultProxy({
    target,
    framer: postgresFramer,
    log: pino({ level: 'silent' }),
  });
});

afterEach(async () => {
  await proxy.stop();
  await database.drop();
});

const labels = (direction: Direction) =>
  proxy
    .frames()
    .filter((frame) => frame.direction === direction)
    .map((frame) => frame.label);

test('every message of a session is one frame, by name', async () => {
  const client = new pg.Client(through(proxy, database.url));
  await client.connect();
  const { rows } = await client.query('select $1::int as answer', [42]);
  await client.end();

  expect(rows).toEqual([{ answer: 42 }]);
  expect(labels('toServer')[0]).toBe('StartupMessage');
  expect(labels('toServer').slice(-6)).toEqual([
    'Parse',
    'Bind',
    'Describe',
    'Execute',
    'Sync',
    'Terminate',
  ]);
  expect(labels('toClient').slice(-6)).toEqual([
    'ParseComplete',
    'BindComplete',
    'RowDescription',
    'DataRow',
    'CommandComplete',
    'ReadyForQuery',
  ]);
});

test('a request for encryption and its one-byte refusal are frames', async () => {
  const client = new pg.Client({ connectionString: through(proxy, database.url), ssl: true });
  await expect(client.connect()).rejects.toThrow('does not support SSL');
  expect(proxy.frames().map((frame) => frame.label)).toEqual(['SSLRequest', 'EncryptionRefused']);
});

test('a value larger than any read of the socket passes whole', async () => {
  const client = new pg.Client(through(proxy, database.url));
  await client.connect();
  const text = 'నమస్తే'.repeat(100_000);
  const { rows } = await client.query('select $1::text as text', [text]);
  await client.end();
  expect(rows[0].text === text).toBe(true);
});

test('where the bytes are torn does not change the frames', () => {
  const startup = Buffer.from('0000000900030000' + '00', 'hex');
  const query = Buffer.from(`51${'0000000d'}${Buffer.from('select 1\0').toString('hex')}`, 'hex');
  const session = Buffer.concat([startup, query]);
  for (let cut = 0; cut <= session.length; cut += 1) {
    const reader = postgresFramer.open({ proxyPort: 1, targetPort: 2 });
    const frames = [session.subarray(0, cut), session.subarray(cut)].flatMap((part) =>
      reader.read('toServer', part),
    );
    expect(frames.map((frame) => frame.label)).toEqual(['StartupMessage', 'Query']);
    expect(Buffer.concat(frames.map((frame) => frame.bytes))).toEqual(session);
  }
});

test('bytes of another protocol are refused', () => {
  const reader = postgresFramer.open({ proxyPort: 1, targetPort: 2 });
  expect(() => reader.read('toServer', Buffer.alloc(8))).toThrow('cannot be 0 bytes long');
});

import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { createListener } from './create-listener.ts';
import { createPool } from './create-pool.ts';
import { ensureDatabase, withClient, withDatabase } from './ensure-database.ts';

const log = pino({ level: 'silent' });

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

const run = (sql: string) => withClient(database.url, (client) => client.query(sql));

/** Cuts the connections of that name, as a restart of the server would. */
const cut = (name: string) =>
  run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = '${name}' AND datname = current_database()`);

test('a database is made once, whoever asks first', async () => {
  const url = withDatabase(database.url, `made ${Date.now()}`);
  await Promise.all([ensureDatabase(url), ensureDatabase(url), ensureDatabase(url)]);
  await expect(withClient(url, (client) => client.query('SELECT 1'))).resolves.toBeDefined();
  await run(`DROP DATABASE "${decodeURIComponent(new URL(url).pathname.slice(1))}"`);
});

test('a pool outlives the loss of its connections', async () => {
  const pool = createPool({ url: database.url, max: 1, name: 'pool-under-test' });
  await pool.query('SELECT 1');
  await cut('pool-under-test');
  await expect.poll(() => pool.idleCount).toBe(0);
  await expect(pool.query('SELECT 42 AS answer')).resolves.toMatchObject({
    rows: [{ answer: 42 }],
  });
  await pool.end();
});

test('a listener hears what is notified on its channels, and nothing else', async () => {
  const listener = createListener({ url: database.url, log });
  const heard = vi.fn();
  await listener.listen('outbox', heard);
  await run("NOTIFY elsewhere, 'no'");
  await run("NOTIFY outbox, 'yes'");
  await expect.poll(() => heard.mock.calls).toEqual([['yes']]);
  await listener.stop();
});

test('a listener whose connection is cut comes back, and tells that something may be missed', async () => {
  const listener = createListener({ url: database.url, log });
  const heard = vi.fn();
  await listener.listen('outbox', heard);
  await cut('listener');
  await expect.poll(() => heard.mock.calls, { timeout: 10_000 }).toEqual([[undefined]]);
  await run("NOTIFY outbox, 'again'");
  await expect.poll(() => heard.mock.calls).toEqual([[undefined], ['again']]);
  await listener.stop();
});

test('a listener that found no server can be asked again', async () => {
  const listener = createListener({ url: withDatabase(database.url, 'not_there_yet'), log });
  const heard = vi.fn();
  await expect(listener.listen('outbox', heard)).rejects.toThrow(/does not exist/);
  await run('CREATE DATABASE not_there_yet');
  await listener.listen('outbox', heard);
  await withClient(withDatabase(database.url, 'not_there_yet'), (client) =>
    client.query("NOTIFY outbox, 'now'"),
  );
  await expect.poll(() => heard.mock.calls).toEqual([['now']]);
  await listener.stop();
  await run('DROP DATABASE not_there_yet WITH (FORCE)');
});

test('a listener that is stopped while it reconnects ends at once', async () => {
  const listener = createListener({ url: database.url, log });
  await listener.listen('outbox', () => undefined);
  await cut('listener');
  await expect(listener.stop()).resolves.toBeUndefined();
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartError } from '@eventxperts/errors';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withClient } from '../connection/ensure-database.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
let migrationsDir: string;

beforeEach(async () => {
  database = await testDatabase();
  migrationsDir = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  await writeMigration('20260102000000_init', 'CREATE TABLE guest (name text PRIMARY KEY);');
  await writeMigration('20260103000000_hosts', "INSERT INTO guest VALUES ('Lakshmi');");
});
afterEach(async () => {
  await database.drop();
  await rm(migrationsDir, { recursive: true, force: true });
});

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(migrationsDir, name), { recursive: true });
  await writeFile(path.join(migrationsDir, name, 'migration.sql'), sql);
}

const run = () => migrate({ url: database.url, migrationsDir });

async function guests(): Promise<unknown[]> {
  const { rows } = await withClient(database.url, (client) =>
    client.query({ text: 'SELECT name FROM guest', rowMode: 'array' }),
  );
  return rows.flat();
}

async function refusal(): Promise<string> {
  const error: unknown = await run().catch((reason: unknown) => reason);
  if (error instanceof StartError) return error.message;
  throw new Error('It was not refused.');
}

test('applies each migration once, in the order of their names', async () => {
  expect(await run()).toEqual({ applied: ['20260102000000_init', '20260103000000_hosts'] });
  expect(await run()).toEqual({ applied: [] });
  await writeMigration('20260104000000_more', "INSERT INTO guest VALUES ('Arjun');");
  expect(await run()).toEqual({ applied: ['20260104000000_more'] });
  expect(await guests()).toEqual(['Lakshmi', 'Arjun']);
});

test('instances that start at the same moment share the work', async () => {
  const results = await Promise.all([run(), run(), run()]);
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual([
    '20260102000000_init',
    '20260103000000_hosts',
  ]);
  expect(await guests()).toEqual(['Lakshmi']);
});

test('a migration that was edited after it ran is refused in one line', async () => {
  await run();
  await writeMigration('20260103000000_hosts', "INSERT INTO guest VALUES ('Sita');");
  expect(await refusal()).toMatch(
    /^Migration 20260103000000_hosts was edited after \S+ applied it/,
  );
});

test('a database of a newer release is refused in one line', async () => {
  await run();
  await rm(path.join(migrationsDir, '20260103000000_hosts'), { recursive: true });
  await writeMigration('20260105000000_other', 'DROP TABLE guest;');
  expect(await refusal()).toMatch(/20260103000000_hosts, which this release does not know/);
  expect(await guests()).toEqual(['Lakshmi']);
});

test('a migration that fails leaves nothing of itself, and runs once it is mended', async () => {
  await writeMigration('20260104000000_bad', 'CREATE TABLE half (); SELECT nonsense;');
  expect(await refusal()).toMatch(/^Migration 20260104000000_bad of \S+ failed: .*nonsense/);
  await writeMigration('20260104000000_bad', 'CREATE TABLE half ();');
  expect(await run()).toEqual({ applied: ['20260104000000_bad'] });
});

test('a migration that prisma migrate left halfway is not run over', async () => {
  await run();
  await withClient(database.url, (client) =>
    client.query(
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%hosts'",
    ),
  );
  expect(await refusal()).toMatch(
    /20260103000000_hosts .* failed halfway .*"prisma migrate resolve"/,
  );
});

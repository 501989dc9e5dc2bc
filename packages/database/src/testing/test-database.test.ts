import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withClient } from '../connection/ensure-database.ts';
import { testDatabase } from './test-database.ts';

let migrationsDir: string;

beforeEach(async () => {
  migrationsDir = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  await mkdir(path.join(migrationsDir, '20260102000000_init'));
  await writeFile(
    path.join(migrationsDir, '20260102000000_init', 'migration.sql'),
    'CREATE TABLE guest (name text NOT NULL);',
  );
});
afterEach(() => rm(migrationsDir, { recursive: true, force: true }));

test('every database is migrated and a world of its own, also when many are made at once', async () => {
  const databases = await Promise.all(
    Array.from({ length: 4 }, () => testDatabase({ migrationsDir })),
  );
  for (const { url } of databases) {
    await withClient(url, (client) => client.query("INSERT INTO guest VALUES ('Lakshmi')"));
  }
  for (const { url } of databases) {
    const { rows } = await withClient(url, (client) => client.query('SELECT name FROM guest'));
    expect(rows).toEqual([{ name: 'Lakshmi' }]);
  }
  await Promise.all(databases.map(({ drop }) => drop()));
});

test('a dropped database is gone, even under an open connection', async () => {
  const { url, drop } = await testDatabase();
  await withClient(url, async (client) => {
    await drop();
    await expect(client.query('SELECT 1')).rejects.toThrow();
  });
  await expect(withClient(url, async () => undefined)).rejects.toThrow(/does not exist/);
});

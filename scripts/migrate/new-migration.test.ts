import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '@eventxperts/database';
import { type TestDatabase, testDatabase } from '@eventxperts/database/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMigration } from './new-migration.ts';

let database: TestDatabase;
let domainDir: string;

beforeEach(async () => {
  database = await testDatabase();
  domainDir = await mkdtemp(path.join(tmpdir(), 'domain-'));
  await mkdir(path.join(domainDir, 'migrations'));
});
afterEach(async () => {
  await database.drop();
  await rm(domainDir, { recursive: true, force: true });
});

const writeSchema = (...models: string[]): Promise<void> =>
  writeFile(
    path.join(domainDir, 'schema.prisma'),
    ['datasource db {\n  provider = "postgresql"\n}', ...models].join('\n'),
  );

const write = (name: string): Promise<string | undefined> =>
  newMigration({ url: database.url, domainDir, name });

const folderOf = (file: string | undefined): string => path.basename(path.dirname(file ?? ''));

test('each migration holds what the schema gained, comes after the last, and applies', async () => {
  await writeSchema('model Guest {\n  id Int @id\n}');
  const first = await write('Init');
  expect(folderOf(first)).toBe('20260102000000_init');

  await writeSchema('model Guest {\n  id Int @id\n  name String @default("")\n}');
  const second = await write('Name of a guest');
  expect(await readFile(second ?? '', 'utf8')).toMatch(
    /^-- AlterTable\nALTER TABLE "Guest" ADD COLUMN/,
  );

  const third = [await write('nothing changed'), await write('nothing changed')];
  expect(third).toEqual([undefined, undefined]);

  const migrationsDir = path.join(domainDir, 'migrations');
  const { applied } = await migrate({ url: database.url, migrationsDir });
  expect(applied).toEqual([folderOf(first), folderOf(second)]);
});

test('a function body with semicolons replays whole', async () => {
  await writeSchema('model Guest {\n  id Int @id\n}');
  const folder = path.join(domainDir, 'migrations', '20260102000000_init');
  await mkdir(folder);
  await writeFile(
    path.join(folder, 'migration.sql'),
    `CREATE TABLE "Guest" (id int NOT NULL, CONSTRAINT "Guest_pkey" PRIMARY KEY (id));
     CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END; $$;`,
  );
  expect(await write('nothing')).toBeUndefined();
});

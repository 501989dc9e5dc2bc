import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { migrate } from '@eventxperts/database';
import { diagnoseHistory, migrationDifference } from '@eventxperts/database/schema-engine';
import { type TestDatabase, testDatabase } from '@eventxperts/database/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { domainDir, listDomains, prismaDir } from './domains.ts';

const root = path.dirname(path.resolve(prismaDir));

let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

test('the nine domains hold the tables of the platform as their packages define them', async () => {
  expect(await listDomains()).toHaveLength(9);
  const check = [path.join(root, 'scripts', 'platform-migrations.mjs'), '--check'];
  const { stdout } = await promisify(execFile)(process.execPath, check);
  expect(stdout).toBe('');
});

describe.each(await listDomains())('%s', (domain) => {
  test('its migrations make what its schema.prisma says', async () => {
    const { url } = database;
    expect(await migrationDifference({ url, domainDir: domainDir(domain) })).toBe('');
  });

  test('Prisma finds nothing to do where our start has migrated', async () => {
    const { url } = database;
    const migrationsDir = path.join(domainDir(domain), 'migrations');
    const { applied } = await migrate({ url, migrationsDir });
    expect(applied.length).toBeGreaterThan(0);
    expect(await diagnoseHistory({ url, domainDir: domainDir(domain) })).toEqual({
      hasMigrationsTable: true,
      editedMigrationNames: [],
      failedMigrationNames: [],
      history: null,
    });
  });
});

describe('the stock command line, with its engine from npm', () => {
  async function prisma(domain: string, ...args: string[]): Promise<string> {
    const cli = path.join(root, 'node_modules', 'prisma', 'build', 'index.js');
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], {
      cwd: domainDir(domain),
      env: {
        ...process.env,
        DATABASE_URL: database.url,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    });
    return stdout;
  }

  test('takes over a database that our start has migrated', async () => {
    const migrationsDir = path.join(domainDir('events'), 'migrations');
    await migrate({ url: database.url, migrationsDir });
    expect(await prisma('events', 'migrate', 'deploy')).toMatch(/No pending migrations to apply/);
    expect(await prisma('events', 'migrate', 'status')).toMatch(/Database schema is up to date/);
  });

  test('migrates a database that our start then takes over', async () => {
    const migrationsDir = path.join(domainDir('events'), 'migrations');
    expect(await prisma('events', 'migrate', 'deploy')).toMatch(/successfully applied/);
    expect(await migrate({ url: database.url, migrationsDir })).toEqual({ applied: [] });
  });

  test('resets a database, the tables of the platform included', async () => {
    await prisma('events', 'migrate', 'deploy');
    expect(await prisma('events', 'migrate', 'reset', '--force')).toMatch(/have been applied/);
    expect(await prisma('events', 'migrate', 'status')).toMatch(/Database schema is up to date/);
  });
});

import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { ensureDatabase, withClient, withDatabase } from '../connection/ensure-database.ts';
import { migrate } from '../migrate/migrate.ts';
import { readMigrations } from '../migrate/migration-files.ts';
import { testServer } from './test-server.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Migrations to start from; without them the database is empty. */
  readonly migrationsDir?: string;
}

/** A database of its own for one test file, on the run's server. */
export async function testDatabase({
  migrationsDir,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = testServer();
  const template = migrationsDir ? await migratedTemplate(server, migrationsDir) : 'template0';
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(server, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${pg.escapeIdentifier(template)}`),
  );
  return {
    url: withDatabase(server, name),
    async drop() {
      await withClient(server, (client) =>
        client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

/** Migrated once a run, whoever comes first; the rest copy it, which is several times faster. */
async function migratedTemplate(server: string, migrationsDir: string): Promise<string> {
  const checksums = (await readMigrations(migrationsDir)).map(
    ({ name, checksum }) => name + checksum,
  );
  const digest = createHash('sha256').update(checksums.join()).digest('hex').slice(0, 24);
  const name = `template_${digest}`;
  const url = withDatabase(server, name);
  await withClient(server, async (client) => {
    // Nobody may copy it while another is still migrating: a template must have no session.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    await ensureDatabase(url);
    await migrate({ url, migrationsDir });
  });
  return name;
}

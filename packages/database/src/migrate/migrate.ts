import { StartError } from '@eventxperts/errors';
import type pg from 'pg';
import type { Logger } from 'pino';
import { databaseOf, withClient } from '../connection/ensure-database.ts';
import { type MigrationFile, readMigrations } from './migration-files.ts';
import {
  type AppliedMigration,
  applyMigration,
  ensureTable,
  migrateLock,
  readApplied,
} from './migrations-table.ts';

export interface MigrateOptions {
  readonly url: string;
  readonly migrationsDir: string;
  readonly log?: Pick<Logger, 'info'>;
}

/**
 * Does what `prisma migrate deploy` does, without its engine: the same folders, table, checksums and
 * lock, so either may take over from the other. Each migration is one transaction.
 * @throws StartError when history and folder disagree; then nothing was changed.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const { url, migrationsDir } = options;
  const migrations = await readMigrations(migrationsDir);
  const database = databaseOf(url);
  return withClient(url, async (client) => {
    // Most starts find nothing to do and need not wait for the lock.
    if (pendingIn(migrations, await readApplied(client), database).length === 0) {
      return { applied: [] };
    }
    return underLock(client, () => applyPending(client, migrations, database, options));
  });
}

async function underLock<R>(client: pg.Client, work: () => Promise<R>): Promise<R> {
  await client.query('SELECT pg_advisory_lock($1)', [migrateLock]);
  try {
    return await work();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [migrateLock]).catch(() => undefined);
  }
}

async function applyPending(
  client: pg.Client,
  migrations: readonly MigrationFile[],
  database: string,
  { log }: MigrateOptions,
): Promise<{ applied: string[] }> {
  await ensureTable(client);
  const pending = pendingIn(migrations, await readApplied(client), database);
  for (const migration of pending) {
    await applyMigration(client, migration).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : `${cause}`;
      throw new StartError(`Migration ${migration.name} of ${database} failed: ${reason}.`, {
        cause,
      });
    });
    log?.info({ database, migration: migration.name }, 'migration applied');
  }
  return { applied: pending.map(({ name }) => name) };
}

function pendingIn(
  migrations: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
  database: string,
): MigrationFile[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) refuseContradiction(row, known.get(row.name), database);
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

function refuseContradiction(
  row: AppliedMigration,
  file: MigrationFile | undefined,
  database: string,
): void {
  if (!row.finished) {
    throw new StartError(
      `Migration ${row.name} of ${database} failed halfway under prisma migrate: settle it with "prisma migrate resolve".`,
    );
  }
  if (!file) {
    throw new StartError(
      `The database ${database} has migration ${row.name}, which this release does not know: it was written by a newer one.`,
    );
  }
  if (file.checksum !== row.checksum) {
    throw new StartError(
      `Migration ${row.name} was edited after ${database} applied it: restore the file and add a new migration instead.`,
    );
  }
}

import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import type { MigrationFile } from './migration-files.ts';

/** The lock under which Prisma Migrate works, so that it and we wait for each other. */
export const migrateLock = 72_707_369;

/** As Prisma Migrate creates it. */
const createTable = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

const rows = z.array(z.object({ name: z.string(), checksum: z.string(), finished: z.boolean() }));

export type AppliedMigration = z.infer<typeof rows>[number];

/** What Prisma Migrate counts as applied or begun; empty in a database it never saw. */
export async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const table = await client.query("SELECT to_regclass('_prisma_migrations') AS name");
  if (table.rows[0]?.name === null) return [];
  const found = await client.query(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows.parse(found.rows);
}

export const ensureTable = (client: pg.Client): Promise<unknown> => client.query(createTable);

/** Runs a migration and records it in one transaction, so that a kill leaves none of it. */
export async function applyMigration(client: pg.Client, migration: MigrationFile): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

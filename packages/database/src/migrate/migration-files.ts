import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface MigrationFile {
  /** The folder's name, which orders it: `20260102000000_init`. */
  readonly name: string;
  readonly sql: string;
  /** Hex SHA-256 of the file, as Prisma Migrate stores it. */
  readonly checksum: string;
}

/** The migrations of a folder, oldest first. */
export async function readMigrations(migrationsDir: string): Promise<MigrationFile[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(migrationsDir, name)));
}

async function readMigration(migrationsDir: string, name: string): Promise<MigrationFile> {
  const bytes = await readFile(path.join(migrationsDir, name, 'migration.sql'));
  const checksum = createHash('sha256').update(bytes).digest('hex');
  return { name, sql: bytes.toString('utf8'), checksum };
}

import path from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { readMigrations } from '../migrate/migration-files.ts';

export const noFilters = { externalTables: [], externalEnums: [] };

/** The migrations of a domain as the engine wants them. */
export async function migrationList(domainDir: string): Promise<MigrationList> {
  const baseDir = path.join(domainDir, 'migrations');
  const migrations = await readMigrations(baseDir);
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

import type { DiagnoseMigrationHistoryOutput } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { loadEngine } from './load-engine.ts';
import { migrationList, noFilters } from './migration-list.ts';

export interface DiagnoseHistoryOptions {
  /** The database whose `_prisma_migrations` is compared with the folder. */
  readonly url: string;
  /** Holds migrations/. */
  readonly domainDir: string;
}

/** What `prisma migrate status` finds; `history` is null when database and folder agree. */
export async function diagnoseHistory({
  url,
  domainDir,
}: DiagnoseHistoryOptions): Promise<DiagnoseMigrationHistoryOutput> {
  const engine = await loadEngine({ url, datamodels: [] });
  try {
    return await engine.diagnoseMigrationHistory({
      migrationsList: await migrationList(domainDir),
      optInToShadowDatabase: false,
      filters: noFilters,
    });
  } finally {
    engine.free();
  }
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadEngine } from './load-engine.ts';
import { migrationList, noFilters } from './migration-list.ts';

export interface MigrationDifferenceOptions {
  /** A database of a server where the engine may make another one for the moment. */
  readonly url: string;
  /** Holds schema.prisma and migrations/. */
  readonly domainDir: string;
}

/** The SQL that brings what the migrations make to what schema.prisma says; empty when they agree. */
export async function migrationDifference(options: MigrationDifferenceOptions): Promise<string> {
  const schemaFile = path.join(options.domainDir, 'schema.prisma');
  const content = await readFile(schemaFile, 'utf8');
  const engine = await loadEngine({ url: options.url, datamodels: [[schemaFile, content]] });
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await migrationList(options.domainDir)) },
      to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
      script: true,
      exitCode: true,
      filters: noFilters,
    });
    return exitCode === 0 ? '' : (stdout ?? '');
  } finally {
    engine.free();
  }
}

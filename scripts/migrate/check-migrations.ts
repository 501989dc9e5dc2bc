import { migrationDifference } from '@eventxperts/database/schema-engine';
import { domainDir } from './domains.ts';

export interface Disagreement {
  readonly domain: string;
  /** What a new migration would hold. */
  readonly sql: string;
}

/** The domains whose migrations do not make what their schema.prisma says. */
export async function checkMigrations(
  url: string,
  domains: readonly string[],
): Promise<Disagreement[]> {
  const found: Disagreement[] = [];
  for (const domain of domains) {
    const sql = await migrationDifference({ url, domainDir: domainDir(domain) });
    if (sql !== '') found.push({ domain, sql });
  }
  return found;
}

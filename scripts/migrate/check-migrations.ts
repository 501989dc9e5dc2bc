import { migrationDifference } from '@eventxperts/database/schema-engine';
import { domainDir } from './domains.ts';
import { withThrowAwayServer } from './throw-away-server.ts';

export interface Disagreement {
  readonly domain: string;
  /** What a new migration would hold. */
  readonly sql: string;
}

/** The domains whose migrations do not make what their schema.prisma says. */
export const checkMigrations = (domains: readonly string[]): Promise<Disagreement[]> =>
  withThrowAwayServer(async (url) => {
    const found: Disagreement[] = [];
    for (const domain of domains) {
      const sql = await migrationDifference({ url, domainDir: domainDir(domain) });
      if (sql !== '') found.push({ domain, sql });
    }
    return found;
  });

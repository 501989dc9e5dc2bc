import { readFile } from 'node:fs/promises';
import { createPool } from '@eventxperts/database';
import { testDatabase } from '@eventxperts/database/testing';
import type { Pool } from 'pg';
import { judge, sessionsGone } from './sessions-gone.ts';
import { seenTable } from './victim/seen.ts';
import { thingTable } from './victim/thing.ts';

/** A domain's database with the platform's messaging tables, seen past the proxy. */
export interface DomainDatabase {
  readonly url: string;
  readonly sql: Pool;
  /** Resolves once every session of the processes before is gone. */
  idle(): Promise<void>;
  /** Waits until it is idle and empties it. */
  reset(): Promise<void>;
  drop(): Promise<void>;
}

const platformSql = new URL('../../sql/messaging.sql', import.meta.url);

export async function domainDatabase(): Promise<DomainDatabase> {
  const { url, drop } = await testDatabase();
  const sql = createPool({ url, max: 2, name: judge });
  await sql.query(await readFile(platformSql, 'utf8'));
  await sql.query(thingTable);
  await sql.query(seenTable);
  const idle = () => sessionsGone(sql);
  return {
    url,
    sql,
    idle,
    reset: async () => {
      await idle();
      await sql.query(
        'truncate thing, seen, platform.outbox, platform.inbox, platform.parked restart identity',
      );
    },
    drop: async () => {
      await sql.end();
      await drop();
    },
  };
}

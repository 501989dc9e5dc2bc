import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@eventxperts/database';
import { pino } from 'pino';

/** Lends a PostgreSQL that is gone afterwards. `work` gets the URL of its maintenance database. */
export async function withThrowAwayServer<R>(work: (url: string) => Promise<R>): Promise<R> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'eventxperts-migrate-'));
  const log = pino({ level: 'warn' });
  const server = await startEmbeddedPostgres({ dataDir, log, durability: 'throw-away' });
  try {
    return await work(server.urlFor('postgres'));
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

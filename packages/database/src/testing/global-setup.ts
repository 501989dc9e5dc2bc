import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';
import { serverVariable } from './test-server.ts';

/** vitest's globalSetup: one PostgreSQL for the whole run, gone with it. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'eventxperts-test-'));
  const log = pino({ level: 'warn' });
  const server = await startEmbeddedPostgres({ dataDir, log, durability: 'throw-away' });
  process.env[serverVariable] = server.urlFor('postgres');
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

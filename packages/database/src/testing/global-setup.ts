import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { clusterFolder } from '../embedded/cluster.ts';
import { endOrphan } from '../embedded/postmaster.ts';
import { isAlive } from '../embedded/process-table.ts';
import { startEmbeddedPostgres } from '../embedded/start-embedded-postgres.ts';
import { serverVariable } from './test-server.ts';

const prefix = 'eventxperts-test-';

/** vitest's globalSetup: one PostgreSQL for the whole run, gone with it. */
export default async function setup(): Promise<() => Promise<void>> {
  await endAbandoned();
  const dataDir = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const log = pino({ level: 'warn' });
  const server = await startEmbeddedPostgres({ dataDir, log, durability: 'throw-away' });
  process.env[serverVariable] = server.urlFor('postgres');
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** What a killed run left: its server would otherwise stay until the machine stops. */
async function endAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = name.startsWith(prefix) ? (/-(\d+)-/.exec(name) ?? []) : [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const dataDir = path.join(tmpdir(), name);
    const { cluster, launcherFile } = clusterFolder(dataDir);
    // It may be another user's, who will see to it.
    await endOrphan(cluster, launcherFile).catch(() => undefined);
    await rm(dataDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

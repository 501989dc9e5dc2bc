import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@eventxperts/database/testing';
import { generatePlatformKeys } from '@eventxperts/identity';
import { domains, migrationsDir, startSupergraph } from '@eventxperts/launcher';
import { pino } from 'pino';
import { connect, type TestClient } from './test-client.ts';

export interface TestSupergraph extends TestClient {
  /** Where the mails go, as files. */
  readonly outboxDir: string;
  /** The secrets of the installation, with which a test forges what only their holder could make. */
  readonly keys: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * The real supergraph for one test file: gateway and nine subgraphs on databases of their own, on a
 * free port. Where `SUPERGRAPH_URL` names one that runs already, that one is used instead, with
 * `SUPERGRAPH_DATA_DIR` for its keys and its mails.
 */
export async function createSupergraph(
  environment: Readonly<Record<string, string>> = {},
): Promise<TestSupergraph> {
  const running = process.env.SUPERGRAPH_URL;
  if (running) return joinSupergraph(running);
  const names = [...domains.map(({ name }) => name), 'bus'];
  const folder = await mkdtemp(join(tmpdir(), 'eventxperts-'));
  const [keys, ...databases] = await Promise.all([
    generatePlatformKeys(),
    ...names.map((name) =>
      testDatabase(name === 'bus' ? {} : { migrationsDir: migrationsDir(name) }),
    ),
  ]);
  const urls = new Map(names.map((name, index) => [name, databases[index]?.url ?? '']));
  const databaseUrl = (name: string): string => urls.get(name) ?? '';
  const outboxDir = join(folder, 'outbox');
  const supergraph = await startSupergraph({
    environment: {
      ...keys,
      PORT: '0',
      PUBLIC_URL: 'http://localhost:4000',
      MAIL_OUTBOX_DIR: outboxDir,
      ...environment,
    },
    databaseUrl,
    log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
  });

  return {
    ...connect(supergraph.gateway.url),
    outboxDir,
    keys: { ...keys },
    async stop() {
      await supergraph.stop();
      await Promise.all(databases.map((database) => database.drop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One that somebody else started, such as the distributed run: nothing of it is ours to stop. */
async function joinSupergraph(url: string): Promise<TestSupergraph> {
  const dataDir = process.env.SUPERGRAPH_DATA_DIR ?? '.data/distributed';
  return {
    ...connect(url),
    outboxDir: process.env.SUPERGRAPH_OUTBOX_DIR ?? join(dataDir, 'outbox'),
    keys: JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8')),
    stop: async () => undefined,
  };
}

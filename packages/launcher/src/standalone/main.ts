import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDataDir, startEmbeddedPostgres } from '@eventxperts/database';
import { runProcess } from '@eventxperts/process';
import { pino } from 'pino';
import { openDemo, planDemo } from '../demo/open-demo.ts';
import { banner } from './banner.ts';
import { standaloneConfig, withDefaults } from './environment.ts';
import { assertPortFree } from './free-port.ts';
import { openKeys } from './keys.ts';
import { startSupergraph } from './supergraph.ts';

interface Stoppable {
  stop(): Promise<void>;
}

async function start() {
  const config = standaloneConfig(process.env);
  const { HOST, PORT, DATA_DIR, LOG_LEVEL } = config;
  const log = pino({ level: LOG_LEVEL }, pino.destination(2));
  await assertPortFree(HOST, PORT);
  await openDataDir(DATA_DIR);
  const isNew = !existsSync(join(DATA_DIR, 'postgres'));
  if (isNew && config.DEMO) await planDemo(DATA_DIR);
  const opening = openKeys(DATA_DIR);
  // Awaited below: a server that starts meanwhile must be stopped before anything is refused.
  opening.catch(() => undefined);
  const opened: Stoppable[] = [];
  const stop = async () => {
    for (const part of opened.splice(0).reverse()) await part.stop();
  };
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: join(DATA_DIR, 'postgres'), log });
    opened.push(postgres);
    const environment = withDefaults(config, await opening, process.env);
    const supergraph = await startSupergraph({ environment, databaseUrl: postgres.urlFor, log });
    opened.push(supergraph);
    const url = `http://localhost:${PORT}`;
    const accounts = await openDemo(supergraph.gateway.url, DATA_DIR);
    process.stdout.write(
      banner({ url, outbox: environment.MAIL_OUTBOX_DIR, accounts, seconds: process.uptime() }),
    );
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

await runProcess(start);

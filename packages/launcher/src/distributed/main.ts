import { join, resolve } from 'node:path';
import { ensureDatabase, openDataDir } from '@eventxperts/database';
import { parseEnvironment, runProcess } from '@eventxperts/process';
import { pino } from 'pino';
import { z } from 'zod';
import { domains } from '../domains.ts';
import { assertPortFree } from '../standalone/free-port.ts';
import { openKeys } from '../standalone/keys.ts';
import { gatewayService, subgraphServices } from './services.ts';
import { openBroker, openDatabases } from './stores.ts';
import { supervise } from './supervisor.ts';

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_000).default(4000),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data/distributed')
    .transform((folder) => resolve(folder)),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  KAFKA_BROKERS: z.string().min(1).optional(),
  KAFKA_PORT: z.coerce.number().int().min(1).max(65_535).default(9092),
});

interface Stoppable {
  stop(): Promise<void>;
}

/** The gateway and the nine subgraphs as processes on loopback, with the stores that are not given. */
async function start() {
  const { PORT, DATA_DIR, DATABASE_URL, KAFKA_BROKERS, KAFKA_PORT } = parseEnvironment(
    schema,
    process.env,
  );
  const log = pino({ level: 'warn' }, pino.destination(2));
  /** Stopped from the last layer to the first, the parts of a layer at the same time. */
  const layers: Stoppable[][] = [];
  const stop = async () => {
    for (const layer of layers.splice(0).reverse()) {
      await Promise.all(layer.map((part) => part.stop()));
    }
  };
  const opened = <Part extends Stoppable>(part: Part): Part => {
    layers.push([part]);
    return part;
  };

  try {
    for (let port = PORT; port <= PORT + domains.length; port++) {
      await assertPortFree('127.0.0.1', port);
    }
    await openDataDir(DATA_DIR);
    const databases = opened(await openDatabases(DATABASE_URL, DATA_DIR, log));
    say('PostgreSQL is ready.');
    const { brokers } = opened(await openBroker(KAFKA_BROKERS, KAFKA_PORT, DATA_DIR));
    say('Kafka is ready.');
    await Promise.all(domains.map(({ name }) => ensureDatabase(databases.urlFor(name))));

    const outside = {
      port: PORT,
      databaseUrl: databases.urlFor,
      kafkaBrokers: brokers,
      outboxDir: join(DATA_DIR, 'outbox'),
      keys: await openKeys(DATA_DIR),
    };
    const services = subgraphServices(outside);
    const subgraphs = services.map(supervise);
    layers.push(subgraphs);
    await Promise.all(subgraphs.map((subgraph) => subgraph.ready()));
    say('Nine subgraphs are ready.');
    await opened(supervise(gatewayService(outside, services))).ready();
    say(`The endpoint is http://localhost:${PORT}/graphql. Ctrl-C stops everything.`);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const say = (line: string): boolean =>
  process.stdout.write(`${process.uptime().toFixed(1).padStart(5)} s  ${line}\n`);

await runProcess(start, { stopWithinMs: 30_000 });

import { migrate } from '@eventxperts/database';
import { identityEnvironment, verifierFrom } from '@eventxperts/identity';
import { createPostgresBus, type EventBus } from '@eventxperts/messaging';
import { parseEnvironment, runProcess } from '@eventxperts/process';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { createSubgraph } from './create-subgraph.ts';
import type { BaseContext, SubgraphDefinition } from './define-subgraph.ts';
import { createHttpServer } from './http-server.ts';

const processEnvironment = identityEnvironment.extend({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  POOL_SIZE: z.coerce.number().int().min(1).default(10),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  /** Host:port of the Kafka brokers, comma-separated. Unset: BUS_DATABASE_URL is the bus. */
  KAFKA_BROKERS: z.string().min(1).optional(),
  BUS_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Where this subgraph's migrations are; each start applies what is missing. */
  MIGRATIONS_DIR: z.string().min(1).optional(),
});

type ProcessConfig = z.output<typeof processEnvironment>;

/** Serves one subgraph as a process of its own, by the environment: what every `main.ts` does. */
export function serveSubgraph<Config, Context extends BaseContext>(
  definition: SubgraphDefinition<Config, Context>,
): Promise<void> {
  return runProcess(() => startProcess(definition));
}

async function startProcess<Config, Context extends BaseContext>(
  definition: SubgraphDefinition<Config, Context>,
) {
  const environment = parseEnvironment(processEnvironment, process.env);
  const log = pino({ level: environment.LOG_LEVEL, base: { subgraph: definition.name } });
  const migrationsDir = environment.MIGRATIONS_DIR ?? `prisma/${definition.name}/migrations`;
  await migrate({ url: environment.DATABASE_URL, migrationsDir, log });
  const bus = await openBus(definition.name, environment, log);
  await bus.start();
  const subgraph = createSubgraph(definition, {
    config: parseEnvironment(definition.environment, process.env),
    databaseUrl: environment.DATABASE_URL,
    poolSize: environment.POOL_SIZE,
    bus,
    verifier: verifierFrom(environment),
    log,
  });
  await subgraph.start();
  const server = await createHttpServer(subgraph, {
    host: environment.HOST,
    port: environment.PORT,
  });
  await server.start();
  log.info({ port: environment.PORT }, 'ready');

  return {
    async stop() {
      await server.stop();
      await subgraph.stop();
      await bus.stop();
    },
  };
}

/** Kafka's client is loaded only where it is used: it costs memory and time at the start. */
async function openBus(
  clientId: string,
  { KAFKA_BROKERS, BUS_DATABASE_URL }: ProcessConfig,
  log: Logger,
): Promise<EventBus> {
  if (!KAFKA_BROKERS) {
    return createPostgresBus({
      url: parseEnvironment(z.object({ BUS_DATABASE_URL: z.string() }), { BUS_DATABASE_URL })
        .BUS_DATABASE_URL,
      log,
    });
  }
  const { createKafkaBus } = await import('@eventxperts/messaging/kafka');
  return createKafkaBus({ brokers: KAFKA_BROKERS.split(','), clientId, log });
}

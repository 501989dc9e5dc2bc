import { readFile } from 'node:fs/promises';
import { StartError } from '@eventxperts/errors';
import { identityEnvironment, verifierFrom } from '@eventxperts/identity';
import { pino } from 'pino';
import { z } from 'zod';
import { gatewayConfigFrom, gatewayEnvironment, parseEnvironment } from './config.ts';
import { createGateway } from './gateway.ts';
import { subgraphAddresses } from './supergraph/subgraph-addresses.ts';
import { createHttpTransport } from './transport/http-transport.ts';

const environmentSchema = gatewayEnvironment.extend(identityEnvironment.shape).extend({
  SUPERGRAPH_PATH: z.string().min(1).default('schema/supergraph.graphql'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The gateway as a process of its own, before subgraphs that are processes of their own. */
async function main(): Promise<void> {
  const environment = parseEnvironment(environmentSchema, process.env);
  const log = pino({ level: environment.LOG_LEVEL, name: 'gateway' });
  const supergraphSdl = await readSupergraph(environment.SUPERGRAPH_PATH);
  const transports = Object.fromEntries(
    subgraphAddresses(supergraphSdl).map(({ name, url }) => [
      name,
      createHttpTransport({ url: addressOf(name, url) }),
    ]),
  );
  const gateway = createGateway({
    config: gatewayConfigFrom(environment),
    supergraphSdl,
    transports,
    verifier: verifierFrom(environment),
    routes: Object.fromEntries(
      Object.entries(transports).map(([name, { routes }]) => [name, routes]),
    ),
    log,
  });
  await gateway.start();
  log.info({ url: `${gateway.url}/graphql` }, 'gateway ready');
  const stop = () => void gateway.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
}

async function readSupergraph(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new StartError(`SUPERGRAPH_PATH: ${path} cannot be read.`);
  }
}

/** The supergraph's own address of a subgraph, unless `SUBGRAPH_URL_<NAME>` gives another. */
function addressOf(name: string, url: string): string {
  const variable = `SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`;
  const schema = z.object({ [variable]: z.url({ protocol: /^https?$/ }).default(url) });
  return parseEnvironment(schema, process.env)[variable] ?? url;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
});

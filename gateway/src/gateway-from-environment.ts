import { readFile } from 'node:fs/promises';
import { StartError } from '@eventxperts/errors';
import { identityEnvironment, verifierFrom } from '@eventxperts/identity';
import { parseEnvironment } from '@eventxperts/process';
import { pino } from 'pino';
import { z } from 'zod';
import { gatewayConfigFrom, gatewayEnvironment } from './config.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { subgraphAddresses } from './supergraph/subgraph-addresses.ts';
import { createHttpTransport } from './transport/http-transport.ts';

const processEnvironment = gatewayEnvironment.extend(identityEnvironment.shape).extend({
  SUPERGRAPH_PATH: z.string().min(1).default('schema/supergraph.graphql'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/**
 * The gateway before subgraphs that are processes of their own, as the environment describes it.
 * @throws StartError one line that names the variable at fault
 */
export async function gatewayFromEnvironment(environment: NodeJS.ProcessEnv): Promise<Gateway> {
  const parsed = parseEnvironment(processEnvironment, environment);
  const supergraphSdl = await readSupergraph(parsed.SUPERGRAPH_PATH);
  const transports = Object.fromEntries(
    subgraphAddresses(supergraphSdl).map(({ name, url }) => [
      name,
      createHttpTransport({ url: overridden(environment, name, url) }),
    ]),
  );
  return createGateway({
    config: gatewayConfigFrom(parsed),
    supergraphSdl,
    transports,
    verifier: verifierFrom(parsed),
    routes: Object.fromEntries(
      Object.entries(transports).map(([name, { routes }]) => [name, routes]),
    ),
    log: pino({ level: parsed.LOG_LEVEL, name: 'gateway' }),
  });
}

async function readSupergraph(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new StartError(`SUPERGRAPH_PATH: ${path} cannot be read.`);
  }
}

/** The supergraph's own address of a subgraph, unless `SUBGRAPH_URL_<NAME>` gives another. */
function overridden(environment: NodeJS.ProcessEnv, name: string, url: string): string {
  const variable = `SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`;
  const schema = z.object({ [variable]: z.url({ protocol: /^https?$/ }).default(url) });
  return parseEnvironment(schema, environment)[variable] ?? url;
}

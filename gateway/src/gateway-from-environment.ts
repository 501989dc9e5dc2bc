import { StartError } from '@eventxperts/errors';
import { identityEnvironment, verifierFrom } from '@eventxperts/identity';
import { parseEnvironment } from '@eventxperts/process';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { gatewayConfigFrom, gatewayEnvironment } from './config.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { subgraphAddresses } from './supergraph/subgraph-addresses.ts';
import { openFile, openUplink, type SupergraphSource } from './supergraph/supergraph-source.ts';
import { createHttpTransport } from './transport/http-transport.ts';

const processEnvironment = gatewayEnvironment.extend(identityEnvironment.shape).extend({
  /** `uplink` is Apollo's registry, for the graph of APOLLO_GRAPH_REF. */
  SUPERGRAPH_SOURCE: z.enum(['file', 'uplink']).default('file'),
  SUPERGRAPH_PATH: z.string().min(1).default('schema/supergraph.graphql'),
  APOLLO_UPLINK_ENDPOINTS: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/**
 * The gateway before subgraphs that are processes of their own, as the environment describes it.
 * @throws StartError one line that names the variable at fault
 */
export async function gatewayFromEnvironment(environment: NodeJS.ProcessEnv): Promise<Gateway> {
  const parsed = parseEnvironment(processEnvironment, environment);
  const log = pino({ level: parsed.LOG_LEVEL, name: 'gateway' });
  const source = await openSource(parsed, log);
  const transports = Object.fromEntries(
    subgraphAddresses(source.sdl).map(({ name, url }) => [
      name,
      createHttpTransport({ url: overridden(environment, name, url) }),
    ]),
  );
  const gateway = createGateway({
    config: gatewayConfigFrom(parsed),
    supergraphSdl: source.sdl,
    transports,
    verifier: verifierFrom(parsed),
    routes: Object.fromEntries(
      Object.entries(transports).map(([name, { routes }]) => [name, routes]),
    ),
    log,
  });
  source.onUpdate((sdl) => {
    gateway.update(sdl);
    log.info('serving a new supergraph');
  });
  return {
    ...gateway,
    get url() {
      return gateway.url;
    },
    async stop() {
      await source.stop();
      await gateway.stop();
    },
  };
}

function openSource(
  environment: z.output<typeof processEnvironment>,
  log: Logger,
): Promise<SupergraphSource> {
  const { SUPERGRAPH_SOURCE, SUPERGRAPH_PATH, APOLLO_UPLINK_ENDPOINTS } = environment;
  if (SUPERGRAPH_SOURCE === 'file') return openFile(SUPERGRAPH_PATH);
  const { APOLLO_KEY: apiKey, APOLLO_GRAPH_REF: graphRef } = environment;
  if (!apiKey || !graphRef) {
    throw new StartError('SUPERGRAPH_SOURCE=uplink needs APOLLO_KEY and APOLLO_GRAPH_REF.');
  }
  return openUplink({
    apiKey,
    graphRef,
    log,
    ...(APOLLO_UPLINK_ENDPOINTS ? { endpoints: APOLLO_UPLINK_ENDPOINTS.split(',') } : {}),
  });
}

/** The supergraph's own address of a subgraph, unless `SUBGRAPH_URL_<NAME>` gives another. */
function overridden(environment: NodeJS.ProcessEnv, name: string, url: string): string {
  const variable = `SUBGRAPH_URL_${name.toUpperCase().replaceAll('-', '_')}`;
  const schema = z.object({ [variable]: z.url({ protocol: /^https?$/ }).default(url) });
  return parseEnvironment(schema, environment)[variable] ?? url;
}

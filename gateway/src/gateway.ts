import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ReportFault, StartError } from '@eventxperts/errors';
import type { Verifier } from '@eventxperts/identity';
import type { Logger } from 'pino';
import { defaultConfig, type GatewayConfig } from './config.ts';
import { createShowError } from './execution/show-error.ts';
import { createExplorer } from './explorer/explorer.ts';
import { createApolloWhenAsked } from './http/apollo-when-asked.ts';
import { trackConnections } from './http/connections.ts';
import { createEventStreams } from './http/event-stream.ts';
import { createFront } from './http/front.ts';
import { createGraphqlEndpoint } from './http/graphql-endpoint.ts';
import { createGraphqlHttp } from './http/graphql-http.ts';
import type { PublicRoutes } from './http/public-routes.ts';
import { createWebSockets } from './http/websocket.ts';
import { createMetrics } from './metrics.ts';
import { createServing } from './serving.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';

export interface GatewayOptions {
  /** What is not given has its default. */
  readonly config?: Partial<GatewayConfig>;
  readonly supergraphSdl: string;
  /** The way to each subgraph of the supergraph, by its name. */
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly verifier: Verifier;
  /** What subgraphs answer by plain HTTP below `/<subgraph>`. */
  readonly routes?: PublicRoutes;
  readonly log: Logger;
}

export interface Gateway {
  /** @throws StartError when the port is taken */
  start(): Promise<void>;
  /** Refuses new work, lets what is under way finish, at most `drainMs`. */
  stop(): Promise<void>;
  /** Whether every subgraph is. */
  ready(): Promise<boolean>;
  /**
   * Serves another supergraph from now on; what is under way ends on the old one.
   * @throws StartError when it has a subgraph that there is no way to; the old one stays
   */
  update(supergraphSdl: string): void;
  /** The public address, without a slash at the end; known once started. */
  readonly url: string;
}

/** @throws StartError when a subgraph of the supergraph has no transport */
export function createGateway(options: GatewayOptions): Gateway {
  const { supergraphSdl, transports, verifier, routes = {}, log } = options;
  const config: GatewayConfig = { ...defaultConfig, ...options.config };
  const report: ReportFault = ({ traceId, error, path }) =>
    log.error({ err: error, traceId, path }, 'request failed');
  const showError = createShowError(report);
  const metrics = createMetrics();
  const serving = createServing({ config, supergraphSdl, transports, metrics, report });
  const { supergraph, operations, engine } = serving;
  const httpOptions = { config, operations, engine, showError };
  const http = reportsUsage(config)
    ? createApolloWhenAsked({ ...httpOptions, supergraph, log })
    : createGraphqlHttp(httpOptions);
  const eventStreams = createEventStreams({ operations, engine, showError });
  const webSockets = createWebSockets({ config, verifier, operations, engine, showError, log });

  let stopping = false;
  const ready = async () => {
    if (stopping) return false;
    const states = await Promise.all(Object.values(transports).map((each) => each.ready()));
    return states.every(Boolean);
  };
  const server = createServer(
    createFront({
      config,
      graphql: createGraphqlEndpoint({ config, verifier, operations, http, eventStreams }),
      explorer: createExplorer(),
      metrics,
      routes,
      ready,
      report,
    }),
  );
  const connections = trackConnections(server);
  webSockets.attach(server);

  return {
    async start() {
      await http.start();
      await listen(server, config);
    },
    async stop() {
      stopping = true;
      const closed = new Promise((resolve) => server.close(resolve));
      webSockets.stop();
      eventStreams.stop();
      connections.closeIdle();
      const deadline = setTimeout(() => {
        webSockets.terminate();
        server.closeAllConnections();
      }, config.drainMs);
      await closed;
      clearTimeout(deadline);
      await http.stop();
      await Promise.all(Object.values(transports).map((each) => each.stop?.()));
    },
    ready,
    update: serving.replace,
    get url() {
      return addressOf(server, config.host);
    },
  };
}

const reportsUsage = ({ apollo }: GatewayConfig): boolean =>
  apollo.key !== undefined && apollo.graphRef !== undefined;

function listen(server: Server, { host, port }: GatewayConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function startError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is in use. Stop what runs there, or set PORT to another.`);
  }
  if (error.code === 'EACCES') return new StartError(`Port ${port} may not be used by this user.`);
  if (error.code === 'EADDRNOTAVAIL') {
    return new StartError(`HOST ${host} is no address of this computer.`);
  }
  return error;
}

function addressOf(server: Server, host: string): string {
  const address = server.address() as AddressInfo | string | null;
  if (address === null || typeof address === 'string') return '';
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`;
}

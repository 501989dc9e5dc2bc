import { composeServices } from '@apollo/composition';
import { pino } from 'pino';
import type { GatewayConfig } from '../config.ts';
import { createGateway, type Gateway } from '../gateway.ts';
import type { PublicRoutes } from '../http/public-routes.ts';
import { createHttpTransport } from '../transport/http-transport.ts';
import type { SubgraphTransport } from '../transport/subgraph-transport.ts';
import { createTestTokens, type TestTokens } from './tokens.ts';
import { toyDefinitions } from './toy-schemas.ts';
import { serveToySubgraph, type ToyServer } from './toy-server.ts';
import { createToySubgraph } from './toy-subgraph.ts';

export type TransportKind = 'in process' | 'HTTP';
export const transportKinds: readonly TransportKind[] = ['in process', 'HTTP'];

export interface ToyGateway extends Pick<TestTokens, 'bearer'> {
  readonly gateway: Gateway;
  readonly url: string;
  readonly toys: ReturnType<typeof toyDefinitions>;
  /** The subgraphs' servers, by name, when the transport is HTTP. */
  readonly servers: ReadonlyMap<string, ToyServer>;
  /** Lines that were logged, as JSON. */
  readonly logged: string[];
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  graphql(query: string, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

export interface ToyGatewayOptions {
  readonly kind?: TransportKind;
  readonly config?: Partial<GatewayConfig>;
  readonly routes?: PublicRoutes;
  readonly replace?: Record<string, SubgraphTransport>;
}

export function composeToys(toys = toyDefinitions()): string {
  const { supergraphSdl, errors } = composeServices(
    toys.definitions.map(({ name, typeDefs }) => ({ name, typeDefs, url: `http://${name}.test` })),
  );
  if (!supergraphSdl) throw new Error(JSON.stringify(errors));
  return supergraphSdl;
}

/** A real gateway on a free port before three toy subgraphs. */
export async function startToyGateway(options: ToyGatewayOptions = {}): Promise<ToyGateway> {
  const { kind = 'in process', config = {}, replace = {} } = options;
  const toys = toyDefinitions();
  const tokens = await createTestTokens();
  const servers = new Map<string, ToyServer>();
  const transports: Record<string, SubgraphTransport> = {};
  let routes = options.routes;
  for (const definition of toys.definitions) {
    const subgraph = createToySubgraph(definition);
    transports[definition.name] = subgraph;
    if (kind === 'in process') continue;
    const server = await serveToySubgraph(definition, subgraph);
    const transport = createHttpTransport({ url: server.url });
    servers.set(definition.name, server);
    transports[definition.name] = transport;
    routes = { ...routes, [definition.name]: transport.routes };
  }
  const logged: string[] = [];
  const gateway = createGateway({
    config: { port: 0, ...config },
    supergraphSdl: composeToys(toys),
    transports: { ...transports, ...replace },
    verifier: tokens.verifier,
    ...(routes ? { routes } : {}),
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  });
  await gateway.start();
  const { url } = gateway;
  const post: ToyGateway['post'] = (body, headers = {}) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  return {
    gateway,
    url,
    toys,
    servers,
    logged,
    bearer: tokens.bearer,
    post,
    async graphql(query, headers) {
      const response = await post({ query }, headers);
      return { status: response.status, ...((await response.json()) as object) };
    },
    async metric(name) {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    },
    async stop() {
      await gateway.stop();
      for (const server of servers.values()) await server.stop();
    },
  };
}

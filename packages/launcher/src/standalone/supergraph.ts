import { readFile } from 'node:fs/promises';
import { ensureDatabase, migrate } from '@eventxperts/database';
import {
  createGateway,
  type Gateway,
  gatewayConfigFrom,
  gatewayEnvironment,
  type SubgraphTransport,
} from '@eventxperts/gateway';
import { identityEnvironment, jwksVariable, publicJwks, verifierFrom } from '@eventxperts/identity';
import { createPostgresBus } from '@eventxperts/messaging';
import { parseEnvironment } from '@eventxperts/process';
import type { Subgraph } from '@eventxperts/subgraph';
import type { Logger } from 'pino';
import { type Domain, domains } from '../domains.ts';
import { migrationsDir, supergraphFile } from '../repository.ts';

export interface SupergraphOptions {
  /** Complete: the keys of the installation among it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Connection string of a domain's database, or of `bus`. */
  readonly databaseUrl: (name: string) => string;
  readonly log: Logger;
}

export interface Supergraph {
  readonly gateway: Gateway;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  stop(): Promise<void>;
}

// Nine pools of ten would be ninety server processes and no more throughput on one machine.
const poolSize = 3;

/** The gateway and all nine subgraphs in this process, migrated and answering. */
export async function startSupergraph(options: SupergraphOptions): Promise<Supergraph> {
  const { environment, databaseUrl, log } = options;
  const sdl = readFile(supergraphFile, 'utf8');
  await Promise.all([
    ...domains.map(({ name }) => prepare(name, options)),
    ensureDatabase(databaseUrl('bus')),
  ]);

  const bus = createPostgresBus({ url: databaseUrl('bus'), log });
  const { OIDC_SIGNING_KEYS } = environment;
  const verifier = verifierFrom(
    parseEnvironment(identityEnvironment, environment),
    OIDC_SIGNING_KEYS ? publicJwks(jwksVariable.parse(OIDC_SIGNING_KEYS)) : undefined,
  );
  const open = ({ name, create }: Domain) =>
    create({
      environment,
      databaseUrl: databaseUrl(name),
      poolSize,
      bus,
      verifier,
      log: log.child({ subgraph: name }),
    });
  const subgraphs = new Map(domains.map((domain) => [domain.name, open(domain)]));

  const gateway = createGateway({
    config: gatewayConfigFrom(parseEnvironment(gatewayEnvironment, environment)),
    supergraphSdl: await sdl,
    transports: Object.fromEntries(
      [...subgraphs].map(([name, subgraph]) => [name, inProcess(subgraph)]),
    ),
    routes: Object.fromEntries([...subgraphs].map(([name, { routes }]) => [name, routes])),
    verifier,
    log: log.child({ service: 'gateway' }),
  });
  await bus.start();
  await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.start()));
  await gateway.start();

  return {
    gateway,
    subgraphs,
    async stop() {
      await gateway.stop();
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.stop()));
      await bus.stop();
    },
  };
}

async function prepare(name: string, { databaseUrl, log }: SupergraphOptions): Promise<void> {
  const url = databaseUrl(name);
  await ensureDatabase(url);
  await migrate({ url, migrationsDir: migrationsDir(name), log });
}

/** The gateway would stop what it was given as its own; here the launcher does, in its own order. */
const inProcess = ({ execute, subscribe, ready }: Subgraph): SubgraphTransport => ({
  execute,
  subscribe,
  ready,
});

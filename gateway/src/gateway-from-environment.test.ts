import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '@eventxperts/errors';
import { generatePlatformKeys } from '@eventxperts/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gatewayFromEnvironment } from './gateway-from-environment.ts';
import { composeToys } from './testing/toy-gateway.ts';
import { toyDefinitions } from './testing/toy-schemas.ts';
import { serveToySubgraph, type ToyServer } from './testing/toy-server.ts';
import { createToySubgraph } from './testing/toy-subgraph.ts';

let folder: string;
let environment: Record<string, string>;
const servers: ToyServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-environment-'));
  const toys = toyDefinitions();
  const SUPERGRAPH_PATH = join(folder, 'supergraph.graphql');
  await writeFile(SUPERGRAPH_PATH, composeToys(toys));
  const { PLATFORM_JWKS } = await generatePlatformKeys();
  environment = { PORT: '0', LOG_LEVEL: 'silent', SUPERGRAPH_PATH, PLATFORM_JWKS };
  for (const definition of toys.definitions) {
    const server = await serveToySubgraph(definition, createToySubgraph(definition));
    servers.push(server);
    environment[`SUBGRAPH_URL_${definition.name.toUpperCase()}`] = server.url;
  }
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('answers over subgraphs at the addresses given', async () => {
  const gateway = await gatewayFromEnvironment(environment);
  await gateway.start();
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ event(id: \\"e1\\") { title host { displayName } } }"}',
  });
  expect(await response.json()).toEqual({
    data: { event: { title: 'Sangeet', host: { displayName: 'Asha' } } },
  });
  expect(await gateway.ready()).toBe(true);
  await gateway.stop();
});

test.each([
  ['PLATFORM_JWKS', { PLATFORM_JWKS: '{}' }],
  ['SUPERGRAPH_PATH', { SUPERGRAPH_PATH: '/nowhere' }],
  ['SUBGRAPH_URL_PEOPLE', { SUBGRAPH_URL_PEOPLE: 'people' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['AUTH_ISSUER', { AUTH_ISSUER: 'not a url' }],
])('a malformed %s is one line that names it', async (name, wrong) => {
  const start = gatewayFromEnvironment({ ...environment, ...wrong });
  await expect(start).rejects.toThrow(StartError);
  await expect(start).rejects.toThrow(new RegExp(`^${name}.*$`));
});

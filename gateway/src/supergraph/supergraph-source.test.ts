import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeToys, startToyGateway } from '../testing/toy-gateway.ts';
import { startUplinkSimulator } from '../testing/uplink-simulator.ts';
import { openUplink } from './supergraph-source.ts';

const log = pino({ level: 'silent' });
const sdl = composeToys();
let uplink: Awaited<ReturnType<typeof startUplinkSimulator>>;

beforeAll(async () => {
  uplink = await startUplinkSimulator({ apiKey: 'service:toys:1', ref: 'toys@current', sdl });
});
afterAll(() => uplink.stop());

test('Uplink gives the supergraph of a graph', async () => {
  const source = await openUplink({
    apiKey: 'service:toys:1',
    graphRef: 'toys@current',
    endpoints: [uplink.url],
    log,
  });
  expect(source.sdl).toBe(sdl);
  await source.stop();
});

test('a key that Uplink does not know is one line that names the variables', async () => {
  const opening = openUplink({
    apiKey: 'service:toys:2',
    graphRef: 'toys@current',
    endpoints: [uplink.url],
    log,
  });
  await expect(opening).rejects.toThrow(/^APOLLO_KEY, APOLLO_GRAPH_REF: .*$/);
});

test('a new supergraph is served at once, and one without a way to its subgraphs is not', async () => {
  const toy = await startToyGateway();
  const title = () => toy.graphql('{ event(id: "e1") { title } }');
  expect((await title()).data).toEqual({ event: { title: 'Sangeet' } });
  toy.gateway.update(sdl.replaceAll('title: String', 'name: String'));
  expect((await title()).errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(() => toy.gateway.update(sdl.replace('name: "people"', 'name: "persons"'))).toThrow(
    'There is no way to the subgraph "persons".',
  );
  toy.gateway.update(sdl);
  expect((await title()).data).toEqual({ event: { title: 'Sangeet' } });
  await toy.stop();
});

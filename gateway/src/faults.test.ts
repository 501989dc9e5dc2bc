import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { start } from './testing/live-clients.ts';
import type { ToyGateway } from './testing/toy-gateway.ts';
import { createHttpTransport } from './transport/http-transport.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A gateway whose subgraph of people is this server. */
async function withPeople(listener: RequestListener): Promise<ToyGateway> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const people = createHttpTransport({ url: `http://127.0.0.1:${port}/graphql`, timeoutMs: 400 });
  return start({ replace: { people } });
}

const query = '{ clock events { title host { displayName } } }';
const eventsOf = (names: readonly (string | undefined)[]) => [
  { title: 'Sangeet', host: names[0] === undefined ? null : { displayName: names[0] } },
  { title: 'Muhurtham', host: names[1] === undefined ? null : { displayName: names[1] } },
];
const hosts = [
  ['events', 0, 'host'],
  ['events', 1, 'host'],
];
const ofEntities = (entities: unknown, more: object = {}) =>
  JSON.stringify({ data: { _entities: entities }, ...more });
const answers =
  (body: string | Buffer, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

test.each<[string, (response: ServerResponse) => void]>([
  ['hangs', () => undefined],
  ['trickles for ever', (response) => trickle(response)],
  ['answers garbage', answers('<html>502</html>', 502)],
  ['answers nothing', answers('')],
  ['answers JSON of another kind', answers('{"hello": 1}')],
  ['answers with errors of another kind', answers('{"errors": [1]}')],
  ['breaks off', (response) => breakOff(response)],
  ['gives one entity of two', answers(ofEntities([{ displayName: 'Asha' }]))],
  ['gives three entities of two', answers(ofEntities([null, null, null]))],
  ['gives something else for its entities', answers(ofEntities({ displayName: 'Asha' }))],
])('a subgraph that %s costs only its own fields', async (_name, behave) => {
  const toy = await withPeople((_request, response) => behave(response));
  const answer = await toy.graphql(query);
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual({ clock: 7, events: eventsOf([]) });
  expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
    hosts.map((path) => [path, 'UNAVAILABLE']),
  );
});

function trickle(response: ServerResponse): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 50);
  response.once('close', () => clearInterval(timer));
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 1_000 }).write('{"data": {"_ent');
  setImmediate(() => response.destroy());
}

test('10 MB of an answer come through whole', async () => {
  const long = `${'a"\\'.repeat(1_600_000)} తెలుగు`;
  const body = ofEntities([{ displayName: long }, { displayName: 'Ravi' }]);
  const toy = await withPeople((_request, response) => answers(body)(response));
  const { data, errors } = await toy.graphql(query);
  expect(errors).toBeUndefined();
  // Not by `toEqual`, which would print them.
  expect(JSON.stringify(data?.events) === JSON.stringify(eventsOf([long, 'Ravi']))).toBe(true);
});

test('an error without a path is told once, with what came in spite of it', async () => {
  const errors = [{ message: 'Slow down.', extensions: { code: 'RATE_LIMITED' } }];
  const body = ofEntities([{ displayName: 'Asha' }, null], { errors });
  const toy = await withPeople((_request, response) => answers(body)(response));
  const answer = await toy.graphql(query);
  expect(answer.data?.events).toEqual(eventsOf(['Asha']));
  expect(answer.errors).toEqual([
    { message: 'Slow down.', path: ['events'], extensions: { code: 'RATE_LIMITED' } },
  ]);
});

test('what only some subgraph would say of itself reaches no client', async () => {
  const errors = [
    { message: 'relation "people" does not exist', path: ['_entities', 1, 'displayName'] },
  ];
  const body = ofEntities([{ displayName: 'Asha' }, null], { errors });
  const toy = await withPeople((_request, response) => answers(body)(response));
  const answer = await toy.graphql(query);
  expect(JSON.stringify(answer)).not.toContain('relation');
  expect(answer.errors).toMatchObject([
    { path: ['events', 1, 'host', 'displayName'], extensions: { code: 'INTERNAL' } },
  ]);
});

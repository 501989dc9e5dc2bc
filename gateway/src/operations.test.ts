import { StartError } from '@eventxperts/errors';
import { parseEnvironment } from '@eventxperts/process';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { gatewayConfigFrom, gatewayEnvironment } from './config.ts';
import { createGateway } from './gateway.ts';
import { createTestTokens } from './testing/tokens.ts';
import { composeToys, startToyGateway } from './testing/toy-gateway.ts';

test('ready while every subgraph is, live all the while', async () => {
  const toy = await startToyGateway({ kind: 'HTTP' });
  const status = async (path: string) => (await fetch(`${toy.url}${path}`)).status;
  expect(await status('/health/ready')).toBe(200);
  toy.servers.get('events')?.setReady(false);
  expect(await status('/health/ready')).toBe(503);
  toy.servers.get('events')?.setReady(true);
  expect(await status('/health/ready')).toBe(200);
  await toy.servers.get('people')?.stop();
  expect(await status('/health/ready')).toBe(503);
  expect(await status('/health/live')).toBe(200);
  await toy.stop();
});

test('a dead subgraph costs only its own fields, and no address is told', async () => {
  const toy = await startToyGateway({ kind: 'HTTP' });
  await toy.servers.get('people')?.stop();
  const response = await toy.post({
    query: '{ clock event(id: "e1") { host { displayName } } everyone: people { id } }',
  });
  const text = await response.text();
  expect(text).not.toMatch(/127\.0\.0\.1|ECONN/);
  const { errors } = JSON.parse(text);
  expect(errors).toContainEqual(
    expect.objectContaining({ path: ['everyone'], extensions: { code: 'UNAVAILABLE' } }),
  );
  const partial = await toy.graphql('{ clock event(id: "e1") { title host { displayName } } }');
  expect(partial.data).toEqual({ clock: 7, event: { title: 'Sangeet', host: null } });
  expect(partial.errors?.[0]).toMatchObject({
    path: ['event', 'host'],
    extensions: { code: 'UNAVAILABLE' },
  });
  await toy.stop();
});

test('metrics count operations and fetches', async () => {
  const toy = await startToyGateway();
  await toy.graphql('{ clock }');
  const text = await (await fetch(`${toy.url}/metrics`)).text();
  expect(text).toMatch(
    /gateway_request_duration_seconds_count\{operation="query",outcome="ok"\} 1/,
  );
  expect(text).toMatch(
    /gateway_upstream_duration_seconds_count\{subgraph="events",outcome="ok"\} 1/,
  );
  await toy.stop();
});

test('a busy port is one clear line', async () => {
  const toy = await startToyGateway();
  const { port } = new URL(toy.url);
  const second = startToyGateway({ config: { port: Number(port) } });
  await expect(second).rejects.toThrow(StartError);
  await expect(second).rejects.toThrow(`Port ${port} is in use.`);
  await toy.stop();
});

test('a subgraph without a transport stops the start', async () => {
  const { verifier } = await createTestTokens();
  const supergraphSdl = composeToys();
  const options = { supergraphSdl, transports: {}, verifier, log: pino({ level: 'silent' }) };
  expect(() => createGateway(options)).toThrow(/no way to the subgraph/);
});

test.each([
  [{ PORT: 'eighty' }, /^PORT is not acceptable/],
  [{ INTROSPECTION: 'yes' }, /^INTROSPECTION is not acceptable/],
  [{ CORS_ORIGINS: 'example' }, /^CORS_ORIGINS is not acceptable/],
  [{ MAX_DEPTH: '0' }, /^MAX_DEPTH is not acceptable/],
])('the environment %j is refused by name', (environment, message) => {
  expect(() => parseEnvironment(gatewayEnvironment, environment)).toThrow(message);
});

test('an empty environment is the defaults, a full one is read', () => {
  const read = (environment: NodeJS.ProcessEnv) =>
    gatewayConfigFrom(parseEnvironment(gatewayEnvironment, environment));
  expect(read({})).toMatchObject({ host: '127.0.0.1', port: 4000, corsOrigins: '*' });
  expect(
    read({
      PORT: '0',
      CORS_ORIGINS: 'https://a.example, https://b.example/',
      INTROSPECTION: 'false',
    }),
  ).toMatchObject({
    port: 0,
    introspection: false,
    corsOrigins: ['https://a.example', 'https://b.example'],
  });
});

import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startToyGateway, type ToyGateway } from './testing/toy-gateway.ts';

let toy: ToyGateway;
beforeAll(async () => {
  toy = await startToyGateway({
    routes: {
      people: [
        {
          path: '/oidc',
          handle: (request, response) => void response.end(JSON.stringify(seenBy(request))),
        },
      ],
    },
  });
});
afterAll(() => toy.stop());

const seenBy = (request: object & { url?: string; originalUrl?: string; headers?: object }) => ({
  url: request.url,
  originalUrl: request.originalUrl,
  headers: request.headers,
});

const nested = (depth: number) =>
  `{ events ${'{ host { x '.repeat(depth / 2)}${'} }'.repeat(depth / 2)} }`;
const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: clock`).join(' ')} }`;
const doubling = (levels: number) =>
  `{ ...f${levels} } ${Array.from({ length: levels }, (_, i) => `fragment f${i + 1} on Query { ...f${i} ...f${i} }`).join(' ')} fragment f0 on Query { clock }`;

describe('operations that are too large', () => {
  test.each([
    ['10,000 aliases', aliases(10_000)],
    ['300 aliases', aliases(300)],
    ['depth 200', nested(200)],
    ['depth 100,000', '{a'.repeat(100_000)],
    ['a field 2,000 times', `{ ${'clock '.repeat(2_000)} }`],
    ['fragments that double', doubling(40)],
    ['100,000 directives', `{ clock ${'@a '.repeat(100_000)} }`],
  ])('%s: refused at once with a code', async (_name, query) => {
    const before = performance.now();
    const { status, errors, data } = await toy.graphql(query);
    expect(performance.now() - before).toBeLessThan(1_500);
    expect(status).toBe(400);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toBe('OPERATION_TOO_LARGE');
  });

  test('just below the limits is answered', async () => {
    expect((await toy.graphql(aliases(50))).data).toHaveProperty('a49', 7);
  });

  test('a fragment that spreads itself is a fault of validation, not a hang', async () => {
    const { status, errors } = await toy.graphql(
      '{ ...a } fragment a on Query { clock ...b } fragment b on Query { ...a }',
    );
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('requests that are not well formed', () => {
  const answerTo = async (body: string, headers = {}) => {
    const response = await toy.post(body, headers);
    return { status: response.status, code: (await response.json()).errors[0].extensions.code };
  };

  test.each([
    ['broken JSON', '{"query": "{ clock }"', 'BAD_REQUEST'],
    ['no operation', '{"other": 1}', 'BAD_REQUEST'],
    ['an empty object', '{}', 'BAD_REQUEST'],
    ['a batch', '[{"query":"{ clock }"}]', 'BAD_REQUEST'],
    ['null', 'null', 'BAD_REQUEST'],
    ['variables of the wrong kind', '{"query":"{ clock }","variables":"x"}', 'BAD_REQUEST'],
    ['a syntax error', '{"query":"{ clock"}', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query":"{ nothing }"}', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an argument of the wrong type',
      '{"query":"{ event(id: {}) { id } }"}',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a variable of the wrong type',
      '{"query":"query($i: Int) { clock @skip(if: false) events { id } a: event(id: \\"1\\") { id } }","variables":{"i":"x"}}',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'an unknown operationName',
      '{"query":"query A { clock }","operationName":"B"}',
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('%s', async (_name, body, code) => {
    expect(await answerTo(body)).toEqual({ status: 400, code });
  });

  test('a variable that cannot be read names itself', async () => {
    const response = await toy.post({
      query: 'query ($id: ID!) { event(id: $id) { id } }',
      variables: { id: { a: 1 } },
    });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'id',
    });
  });

  test('10 MB are refused with 413, whether announced or streamed', async () => {
    const big = JSON.stringify({ query: '{ clock }', variables: { x: 'x'.repeat(10_000_000) } });
    expect(await answerTo(big)).toEqual({ status: 413, code: 'OPERATION_TOO_LARGE' });
    const streamed = await fetch(`${toy.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
  });

  test('a form post from another page (CSRF) is refused', async () => {
    const response = await toy.post('{"query":"{ clock }"}', { 'content-type': 'text/plain' });
    expect(response.status).toBe(400);
    const simple = `${toy.url}/graphql?query={clock}`;
    const site = (value: string) => ({ headers: { 'sec-fetch-site': value } });
    expect((await fetch(simple, site('cross-site'))).status).toBe(400);
    expect((await fetch(simple, site('none'))).status).toBe(200);
  });

  test('mutations do not go over GET, nor methods beyond GET and POST', async () => {
    const query = encodeURIComponent('mutation { setTitle(id: "e1", title: "x") { id } }');
    const headers = { 'apollo-require-preflight': '1' };
    expect((await fetch(`${toy.url}/graphql?query=${query}`, { headers })).status).toBe(405);
    const events = { accept: 'text/event-stream' };
    expect((await fetch(`${toy.url}/graphql?query=${query}`, { headers: events })).status).toBe(
      405,
    );
    expect((await fetch(`${toy.url}/graphql`, { method: 'PUT', headers })).status).toBe(405);
  });

  test('nonsense instead of HTTP gets a 400 and the gateway lives on', async () => {
    const { port } = new URL(toy.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write('GET //[ HTTP/1.1\r\nhost: x\r\n\r\n'),
      );
      socket.once('data', (data) => resolve(String(data)) ?? socket.destroy());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 40[04]/);
    expect((await toy.graphql('{ clock }')).data).toEqual({ clock: 7 });
  });
});

test('GET queries, CORS for any origin and its preflight', async () => {
  const headers = { 'apollo-require-preflight': '1', origin: 'https://app.example' };
  const response = await fetch(`${toy.url}/graphql?query={clock}`, { headers });
  expect(await response.json()).toEqual({ data: { clock: 7 } });
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const preflight = await fetch(`${toy.url}/graphql`, { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toMatch('authorization');
});

test('without introspection the schema cannot be read, by HTTP or WebSocket', async () => {
  const closed = await startToyGateway({ config: { introspection: false } });
  const { status } = await closed.graphql('{ __schema { types { name } } }');
  expect(status).toBe(400);
  const response = await fetch(`${closed.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '{"query":"{ __schema { types { name } } }"}',
  });
  expect(await response.text()).toMatch('GRAPHQL_VALIDATION_FAILED');
  await closed.stop();
});

describe('public routes of a subgraph', () => {
  test('a route within the process sees its own path and where it is reached from outside', async () => {
    const response = await fetch(`${toy.url}/people/oidc/auth?client=a%20b`, {
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(await response.json()).toMatchObject({
      url: '/oidc/auth?client=a%20b',
      originalUrl: '/people/oidc/auth?client=a%20b',
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-prefix': '/people' },
    });
  });

  test.each([
    '/people',
    '/people/other',
    '/people/oidcx',
    '/nobody/oidc',
    '/people/oidc/../../x',
    '/constructor/x',
  ])('%s cannot be reached', async (path) => {
    expect((await fetch(`${toy.url}${path}`)).status).toBe(404);
  });

  test('a subgraph elsewhere is proxied below /public alone, streamed both ways', async () => {
    const http = await startToyGateway({ kind: 'HTTP' });
    const response = await fetch(`${http.url}/people/files/1?sig=%2F`, {
      method: 'PUT',
      headers: { 'x-custom': '1', authorization: 'Bearer x', te: 'trailers' },
      body: new Blob(['abc']).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-toy')).toBe('yes');
    const seen = await response.json();
    expect(seen).toMatchObject({ method: 'PUT', url: '/public/files/1?sig=%2F', body: 'abc' });
    expect(seen.headers).toMatchObject({
      'x-custom': '1',
      authorization: 'Bearer x',
      'x-forwarded-prefix': '/people',
      'x-forwarded-host': new URL(http.url).host,
    });
    expect(seen.headers.te).toBeUndefined();
    const escaped = await fetch(`${http.url}/people/%2e%2e/graphql`, {
      method: 'POST',
      body: '{}',
    });
    expect(escaped.url).not.toMatch('/people');
    await http.servers.get('people')?.stop();
    expect((await fetch(`${http.url}/people/files/1`)).status).toBe(502);
    await http.stop();
  });
});

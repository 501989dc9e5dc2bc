import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startToyGateway, type ToyGateway } from '../testing/toy-gateway.ts';

let toy: ToyGateway;
beforeAll(async () => {
  toy = await startToyGateway();
});
afterAll(() => toy.stop());

const json = 'application/json';
const newer = 'application/graphql-response+json';

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await toy.post(body, headers);
  const type = response.headers.get('content-type');
  return { status: response.status, type, body: await response.json() };
}

async function get(params: Record<string, string>, headers: Record<string, string>) {
  const response = await fetch(`${toy.url}/graphql?${new URLSearchParams(params)}`, { headers });
  return { status: response.status, body: await response.json() };
}

describe('the type of the answer', () => {
  test.each([
    [newer, newer],
    [json, json],
    [`${newer}, ${json};q=0.9`, newer],
    [`${newer};q=0.5, ${json}`, json],
    ['*/*', json],
    ['application/*', json],
    [`text/html, ${json};charset=utf-8`, json],
  ])('%s is answered by %s', async (accept, type) => {
    const answer = await post({ query: '{ clock }' }, { accept });
    expect(answer).toEqual({
      status: 200,
      type: `${type}; charset=utf-8`,
      body: { data: { clock: 7 } },
    });
  });

  test.each(['text/html', 'image/png', `${json};charset=latin1`, `${json};q=0`])(
    '%s cannot be answered: 406',
    async (accept) => {
      expect((await post({ query: '{ clock }' }, { accept })).status).toBe(406);
    },
  );
});

describe('the status', () => {
  test.each([
    ['{ nothing }', {}],
    ['{ clock', {}],
    ['query ($id: ID!) { event(id: $id) { id } }', { id: [] }],
  ])('%s is 400, for a client that reads JSON alone 200', async (query, variables) => {
    expect((await post({ query, variables }, { accept: newer })).status).toBe(400);
    expect((await post({ query, variables }, { accept: json })).status).toBe(200);
  });

  test('what is no GraphQL request is 400 for everyone', async () => {
    for (const body of [{}, { query: 1 }, { query: '{ clock }', variables: [] }]) {
      for (const accept of [newer, json]) expect((await post(body, { accept })).status).toBe(400);
    }
  });

  test('a body of another type is 415', async () => {
    for (const type of ['application/graphql', 'application/json; charset=latin1']) {
      expect((await post('{"query":"{ clock }"}', { 'content-type': type })).status).toBe(415);
    }
  });

  test('data beside errors is 200', async () => {
    const { status, body } = await post({ query: '{ coded clock }' }, { accept: newer });
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: { coded: null, clock: 7 }, errors: [{ path: ['coded'] }] });
  });

  test('another method is 405 and told which are allowed', async () => {
    const response = await fetch(`${toy.url}/graphql`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST');
  });
});

test('GET reads its parameters from the address', async () => {
  const query = 'query A($id: ID!) { event(id: $id) { title } } query B { clock }';
  const params = { query, operationName: 'A', variables: '{"id":"e1"}', extensions: '{}' };
  expect(await get(params, { accept: json })).toEqual({
    status: 200,
    body: { data: { event: { title: 'Sangeet' } } },
  });
  expect((await get({ ...params, variables: '{' }, { accept: json })).status).toBe(400);
  expect((await get({ query: '{ clock' }, { accept: newer })).status).toBe(400);
});

describe('persisted queries', () => {
  const query = '{ clock again: clock }';
  const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(query) } };

  test('unknown ones are asked for, then known by their hash', async () => {
    const unknown = await post({ extensions });
    expect(unknown.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    const data = { clock: 7, again: 7 };
    expect((await post({ query, extensions })).body).toEqual({ data });
    expect((await post({ extensions })).body).toEqual({ data });
    const byGet = await get({ extensions: JSON.stringify(extensions) }, { accept: json });
    expect(byGet.body).toEqual({ data });
  });

  test("nobody can leave an operation under another one's hash", async () => {
    const answer = await post({ query: '{ broken }', extensions });
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    });
  });
});

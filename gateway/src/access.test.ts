import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToyGateway, type ToyGateway } from './testing/toy-gateway.ts';

let toy: ToyGateway;
beforeAll(async () => {
  toy = await startToyGateway();
});
afterAll(() => toy.stop());

const refusalsOf = async (query: string, authorization?: string) => {
  const { status, errors, data } = await toy.graphql(
    query,
    authorization === undefined ? {} : { authorization },
  );
  return { status, data, refused: errors?.map(({ path, extensions }) => [extensions.code, path]) };
};

test('a stranger is refused a protected field before anything is fetched', async () => {
  const before = await toy.metric(
    'gateway_upstream_duration_seconds_count{subgraph="events",outcome="ok"}',
  );
  expect(await refusalsOf('{ clock mine: me { displayName } }')).toEqual({
    status: 401,
    data: undefined,
    refused: [['UNAUTHENTICATED', ['mine']]],
  });
  const after = await toy.metric(
    'gateway_upstream_duration_seconds_count{subgraph="events",outcome="ok"}',
  );
  expect(after).toBe(before);
});

test('a role decides over a field deep inside, also within a fragment', async () => {
  const query = '{ events { ...money } } fragment money on Event { title b: budget }';
  expect(await refusalsOf(query)).toMatchObject({
    refused: [['UNAUTHENTICATED', ['events', 'b']]],
  });
  expect(await refusalsOf(query, await toy.bearer(['USER']))).toMatchObject({
    status: 403,
    refused: [['FORBIDDEN', ['events', 'b']]],
  });
  for (const role of ['ORGANIZER', 'SUPER_ADMIN'] as const) {
    expect(await refusalsOf(query, await toy.bearer([role]))).toMatchObject({ status: 200 });
  }
});

test('a protected field that is left out refuses nobody', async () => {
  const query = 'query ($in: Boolean = false) { clock me @include(if: $in) { id } }';
  const without = await toy.post({ query });
  expect(await without.json()).toEqual({ data: { clock: 7 } });
  const within = await toy.post({ query, variables: { in: true } });
  expect(within.status).toBe(401);
});

test('a protected subscription is refused by SSE, too', async () => {
  const response = await fetch(`${toy.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '{"query":"subscription { answeredToMe(eventId: \\"e1\\") { id } }"}',
  });
  expect(await response.text()).toMatch('UNAUTHENTICATED');
  expect(toy.toys.answered.listeners.size).toBe(0);
});

test.each([
  ['forged', 'Bearer aaaa.bbbb.cccc'],
  ['no bearer', 'Basic abc'],
  ['alg none', `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"1"}')}.x`],
])('a bad token (%s) is refused even for public fields', async (_name, authorization) => {
  const response = await toy.post({ query: '{ clock }' }, { authorization });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer');
  expect((await response.json()).errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
});

test('an expired token is refused', async () => {
  const response = await toy.post(
    { query: '{ clock }' },
    { authorization: await toy.bearer([], -60) },
  );
  expect(response.status).toBe(401);
});

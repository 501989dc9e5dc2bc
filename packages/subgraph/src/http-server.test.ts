import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHttpServer } from './http-server.ts';
import { createDiary, type Diary, organizer, ravi } from './testing/diary.fixture.ts';
import { freePort } from './testing/free-port.fixture.ts';

let diary: Diary;
let server: Awaited<ReturnType<typeof createHttpServer>>;
let port: number;

beforeAll(async () => {
  diary = createDiary();
  port = await freePort();
  server = await createHttpServer(diary.subgraph, { host: '127.0.0.1', port });
  await server.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  diary.revoked.clear();
  diary.faults.length = 0;
});

const url = (path: string) => `http://127.0.0.1:${port}${path}`;
const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(url('/graphql'), {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** What a raw request line gets: fetch would tidy the path first. */
async function statusOf(path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  const [chunk] = await once(socket, 'data');
  socket.destroy();
  return String(chunk).slice(9, 12);
}

/** A trace id differs each time. */
const comparable = (answer: unknown) =>
  JSON.parse(JSON.stringify(answer, (key, value) => (key === 'traceId' ? typeof value : value)));

describe('the HTTP face answers as the process itself does', () => {
  const write = 'mutation ($input: EntryInput!) { write(input: $input) { id text at } }';
  it.each<[string, { query: string; variables?: Record<string, unknown>; operationName?: string }]>(
    [
      ['a read', { query: '{ entry(id: "1") { id text at } }' }],
      ['a null', { query: '{ entry(id: "2") { id } }' }],
      [
        'a write',
        { query: write, variables: { input: { text: 'x', at: '2027-02-14T12:00:00+05:30' } } },
      ],
      [
        'an entity',
        {
          query:
            '{ _entities(representations: [{__typename: "Entry", id: "1"}]) { ... on Entry { text } } }',
        },
      ],
      ['an expected failure', { query: '{ fails(how: "expected") }' }],
      ['a fault', { query: '{ fails(how: "badly") }' }],
      ['a refusal', { query: '{ me ledger lock { number } }' }],
      ['a syntax error', { query: '{' }],
      ['an unknown field', { query: '{ nothing }' }],
      ['a wrong literal', { query: '{ entry(id: "1", asOf: "noon") { id } }' }],
      [
        'a wrong variable',
        { query: write, variables: { input: { text: 'x', at: '2027-02-30T00:00:00Z' } } },
      ],
      ['a missing variable', { query: write }],
      ['an unknown operation', { query: 'query A { me }', operationName: 'B' }],
      ['two operations, unnamed', { query: 'query A { me } query B { me }' }],
    ],
  )('to %s', async (_, operation) => {
    for (const caller of [undefined, diary.tokenOf(organizer), 'Bearer forged']) {
      const overHttp = await post(operation, caller ? { authorization: caller } : {});
      const inProcess = await diary.subgraph.execute({
        ...operation,
        headers: { authorization: caller },
      });
      expect(comparable(await overHttp.json())).toEqual(comparable(inProcess));
    }
  });
});

describe('the HTTP face refuses', () => {
  it('broken JSON', async () => {
    const answer = await post('{"query": ');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it.each(['', '[]', 'null', '7', '{}', '{"query": 7}'])('the body %j', async (body) => {
    expect((await post(body)).status).toBe(400);
    expect(diary.faults).toEqual([]);
  });

  it('a body of more than 5 MB', async () => {
    expect((await post({ query: 'x'.repeat(5_000_001) })).status).toBe(413);
  });

  it('what a web page of another origin could send without asking', async () => {
    const simple = await post('{"query":"{ me }"}', { 'content-type': 'text/plain' });
    expect(simple.status).toBe(400);
    const read = await fetch(url('/graphql?query=%7Bme%7D'));
    expect(read.status).toBe(400);
  });

  it('a bad token, in words that are the caller’s to read', async () => {
    const answer = await post({ query: '{ me }' }, { authorization: 'Bearer forged' });
    expect(answer.status).toBeLessThan(500);
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('a revoked user', async () => {
    const authorization = diary.tokenOf(ravi);
    diary.revoked.add(ravi.id);
    expect(await (await post({ query: '{ me }' }, { authorization })).json()).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it.each([
    '/',
    '/public',
    '/public/other',
    '/public/echoes',
    '/echo',
    '/public/../metrics',
    '/public/%2e%2e/metrics',
    '/public/echo/../../graphql',
    '//',
    'http://x/metrics',
  ])('%s, which it does not declare', async (path) => {
    expect(await statusOf(path)).toBe('404');
    expect(diary.faults).toEqual([]);
  });
});

describe('an operator reads', () => {
  it('that it lives and whether it is ready', async () => {
    expect((await fetch(url('/health/live'))).status).toBe(200);
    expect((await fetch(url('/health/ready'))).status).toBe(200);
    diary.setReady(false);
    expect((await fetch(url('/health/ready'))).status).toBe(503);
    diary.setReady(true);
  });

  it('durations, errors by code and the outbox as Prometheus figures', async () => {
    await post({ query: '{ fails(how: "expected") }' });
    const metrics = await (await fetch(url('/metrics'))).text();
    expect(metrics).toMatch(/subgraph_request_seconds_count\{subgraph="diary"\} [1-9]/);
    expect(metrics).toMatch(/subgraph_errors_total\{code="CONFLICT",subgraph="diary"\} [1-9]/);
    expect(metrics).toContain('subgraph_messaging{figure="outboxDepth",subgraph="diary"} 3');
  });
});

it('hands a public route its own path and query', async () => {
  expect(await (await fetch(url('/public/echo/a?b=c'))).text()).toBe('/echo/a?b=c');
});

import { createClient as createSseClient } from 'graphql-sse';
import { type Client, createClient, type ExecutionResult } from 'graphql-ws';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from './testing/eventually.ts';
import { startToyGateway, type ToyGateway, transportKinds } from './testing/toy-gateway.ts';

const answered = `subscription Live($id: ID!) {
  live: answered(eventId: $id) {
    total: headcount
    by { displayName }
    event { title headcount host { name: displayName } }
  }
}`;
const operation = { query: answered, variables: { id: 'e1' } };
const resultOf = (total: number) => ({
  data: {
    live: {
      total,
      by: { displayName: 'Ravi' },
      event: { title: 'Sangeet', headcount: total, host: { name: 'Asha' } },
    },
  },
});
const rsvp = (headcount: number) =>
  `mutation { answer(eventId: "e1", headcount: ${headcount}) { id } }`;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(options: Parameters<typeof startToyGateway>[0]): Promise<ToyGateway> {
  const toy = await startToyGateway(options);
  stops.push(() => toy.stop());
  return toy;
}

function wsClient(toy: ToyGateway, authorization?: string): Client {
  const client = createClient({
    url: `${toy.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(authorization === undefined ? {} : { connectionParams: { authorization } }),
  });
  stops.push(() => client.dispose());
  return client;
}

const sseClient = (toy: ToyGateway, authorization?: string) =>
  createSseClient({
    url: `${toy.url}/graphql`,
    retryAttempts: 0,
    headers: authorization === undefined ? {} : { authorization },
  });

const listening = (toy: ToyGateway, clients: number) =>
  eventually(
    () => toy.toys.answered.listeners.size,
    (size) => size === clients,
  );

describe.each(transportKinds)('subgraphs reached %s', (kind) => {
  test.each(['graphql-ws', 'graphql-sse'])(
    'each event brings fields of three subgraphs, as they are at that moment, by %s',
    async (protocol) => {
      const toy = await start({ kind });
      const client = protocol === 'graphql-ws' ? wsClient(toy) : sseClient(toy);
      const stream = client.iterate(operation);
      const first = stream.next();
      await listening(toy, 1);
      await toy.graphql(rsvp(2));
      expect((await first).value).toEqual(resultOf(2));
      await toy.graphql(rsvp(5));
      expect((await stream.next()).value).toEqual(resultOf(5));
      await stream.return?.();
    },
  );

  test.each(['graphql-ws', 'graphql-sse'])(
    'a client that leaves between events leaves nothing behind, by %s',
    async (protocol) => {
      const toy = await start({ kind });
      const client = protocol === 'graphql-ws' ? wsClient(toy) : sseClient(toy);
      const streams = Array.from({ length: 20 }, () => client.iterate(operation));
      for (const stream of streams) void stream.next().catch(() => undefined);
      await listening(toy, 20);
      expect(await toy.metric('gateway_subscriptions_active')).toBe(20);
      for (const stream of streams) await stream.return?.();
      await listening(toy, 0);
      await eventually(
        () => toy.metric('gateway_subscriptions_active'),
        (active) => active === 0,
      );
    },
  );

  test('a client whose connection breaks leaves nothing behind', async () => {
    const toy = await start({ kind });
    const broken = new AbortController();
    const response = await fetch(`${toy.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(operation),
      signal: broken.signal,
    });
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    await listening(toy, 1);
    broken.abort();
    await listening(toy, 0);
  });

  test('a subgraph that refuses a subscription is heard, with code and path', async () => {
    const toy = await start({ kind });
    const result = await wsClient(toy).iterate({ query: 'subscription { failing { id } }' }).next();
    expect(result.value).toEqual({
      data: { failing: null },
      errors: [
        { message: 'Not your event.', path: ['failing'], extensions: { code: 'FORBIDDEN' } },
      ],
    });
  });

  test('an entity that the caller may not see is null in an event, too', async () => {
    const toy = await start({ kind });
    const stream = wsClient(toy).iterate({ ...operation, variables: { id: 'e404' } });
    const first = stream.next();
    await listening(toy, 1);
    await toy.graphql('mutation { answer(eventId: "e404", headcount: 1) { id } }');
    expect((await first).value).toEqual({
      data: { live: { total: 1, by: { displayName: 'Ravi' }, event: null } },
    });
  });

  test('a field beside the event may fail without spoiling the event', async () => {
    const down = {
      execute: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:4001')),
      subscribe: () => Promise.reject(new Error('down')),
      ready: async () => false,
    };
    const toy = await start({ kind, replace: { people: down } });
    const stream = wsClient(toy).iterate({
      query: 'subscription { answered(eventId: "e1") { headcount by { displayName } } }',
    });
    const first = stream.next();
    await listening(toy, 1);
    await toy.graphql(rsvp(4));
    const { value } = await first;
    expect(value?.data).toEqual({ answered: { headcount: 4, by: null } });
    expect(value?.errors?.[0]).toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
    expect(JSON.stringify(value)).not.toContain('10.1.2.3');
  });
});

test('all subscriptions on one subgraph share one socket, each with its own token', async () => {
  const toy = await start({ kind: 'HTTP' });
  const clients = [wsClient(toy, await toy.bearer()), wsClient(toy)];
  for (const client of clients) void client.iterate(operation).next();
  await listening(toy, 2);
  expect(toy.servers.get('answers')?.sockets()).toBe(1);
});

test('a subgraph that goes away ends its subscriptions with UNAVAILABLE', async () => {
  const toy = await start({ kind: 'HTTP' });
  const stream = wsClient(toy).iterate(operation);
  const first = stream.next();
  await listening(toy, 1);
  await toy.servers.get('answers')?.stop();
  const { value } = await first;
  expect(value?.errors?.[0]).toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  expect((await stream.next()).done).toBe(true);
});

test.each(['graphql-ws', 'graphql-sse'])(
  'queries and mutations work by %s, too',
  async (protocol) => {
    const toy = await start({});
    const client = protocol === 'graphql-ws' ? wsClient(toy) : sseClient(toy);
    for (const [query, data] of [
      ['{ clock }', { clock: 7 }],
      [
        'mutation { rename(id: "p1", displayName: "B") { displayName } }',
        { rename: { displayName: 'B' } },
      ],
    ] as const) {
      const results: unknown[] = [];
      for await (const result of client.iterate({ query })) results.push(result);
      expect(results).toEqual([{ data }]);
    }
  },
);

test('a plain POST of a subscription is told where to go', async () => {
  const toy = await start({});
  const { status, errors } = await toy.graphql('subscription { answered(eventId: "e1") { id } }');
  expect(status).toBe(400);
  expect(errors?.[0]?.message).toMatch(/graphql-transport-ws.*text\/event-stream/);
});

describe('a token that expires', () => {
  const mine = { query: 'subscription { answeredToMe(eventId: "e1") { id } }' };

  test('closes its socket with 4401', async () => {
    const toy = await start({});
    const socket = new WebSocket(
      `${toy.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    const authorization = await toy.bearer(['USER'], 2);
    socket.once('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
      socket.on('message', (text) => {
        if (JSON.parse(String(text)).type !== 'connection_ack') return;
        socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: mine }));
      });
    });
    await listening(toy, 1);
    const closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
    expect(await closed).toEqual({ code: 4401, reason: 'Token expired' });
    await listening(toy, 0);
  });

  test('ends its event stream with UNAUTHENTICATED', async () => {
    const toy = await start({});
    const results: ExecutionResult[] = [];
    for await (const result of sseClient(toy, await toy.bearer(['USER'], 2)).iterate(mine)) {
      results.push(result as ExecutionResult);
    }
    expect(results).toMatchObject([
      { errors: [{ message: 'Token expired', extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    await listening(toy, 0);
  });
});

describe('limits of a socket', () => {
  const connect = async (toy: ToyGateway) => {
    const socket = new WebSocket(
      `${toy.url.replace('http', 'ws')}/graphql`,
      'graphql-transport-ws',
    );
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    return { socket, closed };
  };

  test('a bad token closes it with 4401', async () => {
    const toy = await start({});
    const { socket, closed } = await connect(toy);
    const payload = { authorization: 'Bearer a.b.c' };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    expect(await closed).toBe(4401);
  });

  test('silence, an oversized message and nonsense close it', async () => {
    const toy = await start({ config: { connectionInitTimeoutMs: 50, maxBodyBytes: 1_000 } });
    expect(await (await connect(toy)).closed).toBe(4408);
    const oversized = await connect(toy);
    oversized.socket.send('x'.repeat(2_000));
    expect(await oversized.closed).toBe(1009);
    const nonsense = await connect(toy);
    nonsense.socket.send('{"type":');
    expect(await nonsense.closed).toBe(4400);
  });

  test('more operations at once than allowed are refused one by one', async () => {
    const toy = await start({ config: { maxOperationsPerSocket: 2 } });
    const client = wsClient(toy);
    for (let i = 0; i < 2; i++) void client.iterate(operation).next();
    await listening(toy, 2);
    await expect(client.iterate(operation).next()).rejects.toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ]);
  });

  test('a page of another origin cannot open one where origins are named', async () => {
    const toy = await start({ config: { corsOrigins: ['https://app.example'] } });
    const refused = (origin: string) =>
      new Promise((resolve) => {
        const url = `${toy.url.replace('http', 'ws')}/graphql`;
        const socket = new WebSocket(url, 'graphql-transport-ws', { origin });
        socket.once('open', () => resolve(socket.close()));
        socket.once('error', ({ message }) => resolve(message));
      });
    expect(await refused('https://evil.example')).toMatch('403');
    expect(await refused('https://app.example')).toBeUndefined();
  });
});

test('stopping ends sockets with 1001 and streams, within the deadline', async () => {
  const toy = await startToyGateway();
  const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  const response = await fetch(`${toy.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(operation),
  });
  const drained = response.text().catch(() => 'cut');
  const before = Date.now();
  await toy.stop();
  expect(Date.now() - before).toBeLessThan(4_000);
  expect(await closed).toBe(1001);
  await drained;
  await expect(fetch(toy.url)).rejects.toThrow();
});

import { describe, expect, test } from 'vitest';
import { EventQueue } from './live/event-queue.ts';
import { eventually } from './testing/eventually.ts';
import { listening, sseClient, start, wsClient } from './testing/live-clients.ts';
import { transportKinds } from './testing/toy-gateway.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';

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

  test('a subscription whose subgraph cannot be reached says so', async () => {
    const down = {
      execute: () => Promise.reject(new Error('down')),
      subscribe: () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:4001')),
      ready: async () => false,
    };
    const toy = await start({ kind, replace: { answers: down } });
    const { value } = await wsClient(toy).iterate(operation).next();
    expect(value).toMatchObject({
      data: { live: null },
      errors: [{ path: ['live'], extensions: { code: 'UNAVAILABLE' } }],
    });
    expect(JSON.stringify(value)).not.toContain('10.1.2.3');
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

test.each(['graphql-ws', 'graphql-sse'])(
  'a client that leaves while the subgraph still thinks leaves nothing behind, by %s',
  async (protocol) => {
    let asked = 0;
    let returned = 0;
    let answer: () => void = () => undefined;
    const thinking = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slow: SubgraphTransport = {
      execute: async () => ({ data: {} }),
      ready: async () => true,
      async subscribe() {
        asked += 1;
        await thinking;
        return new EventQueue(1, () => {
          returned += 1;
        });
      },
    };
    const toy = await start({ replace: { answers: slow } });
    const client = protocol === 'graphql-ws' ? wsClient(toy) : sseClient(toy);
    const stream = client.iterate(operation);
    void stream.next().catch(() => undefined);
    await eventually(
      () => asked,
      (count) => count === 1,
    );
    const left = stream.return?.();
    await toy.graphql('{ clock }'); // by now the gateway has heard of it
    answer();
    await left;
    await eventually(
      () => returned,
      (count) => count === 1,
    );
    expect(await toy.metric('gateway_subscriptions_active')).toBe(0);
  },
);

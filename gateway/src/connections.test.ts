import type { ExecutionResult } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { listening, sseClient, start, wsClient } from './testing/live-clients.ts';
import { startToyGateway, type ToyGateway } from './testing/toy-gateway.ts';

const operation = { query: 'subscription { answered(eventId: "e1") { id } }' };

describe('a token that expires', () => {
  const mine = { query: 'subscription { answeredToMe(eventId: "e1") { id } }' };

  test('closes its socket with 4403', async () => {
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
    expect(await closed).toEqual({ code: 4403, reason: 'Token expired' });
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

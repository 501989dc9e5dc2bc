import { createClient as createSseClient } from 'graphql-sse';
import { type Client, createClient } from 'graphql-ws';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from './eventually.ts';
import { startToyGateway, type ToyGateway, type ToyGatewayOptions } from './toy-gateway.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A gateway that stops after the test. */
export async function start(options: ToyGatewayOptions): Promise<ToyGateway> {
  const toy = await startToyGateway(options);
  stops.push(() => toy.stop());
  return toy;
}

export function wsClient(toy: ToyGateway, authorization?: string): Client {
  const client = createClient({
    url: `${toy.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(authorization === undefined ? {} : { connectionParams: { authorization } }),
  });
  stops.push(() => client.dispose());
  return client;
}

export const sseClient = (toy: ToyGateway, authorization?: string) =>
  createSseClient({
    url: `${toy.url}/graphql`,
    retryAttempts: 0,
    headers: authorization === undefined ? {} : { authorization },
  });

/** Until so many listeners wait for answers in the owning subgraph. */
export const listening = (toy: ToyGateway, clients: number) =>
  eventually(
    () => toy.toys.answered.listeners.size,
    (size) => size === clients,
  );

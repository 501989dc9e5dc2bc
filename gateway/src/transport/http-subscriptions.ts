import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { EventQueue } from '../live/event-queue.ts';
import { unreachable } from './http-address.ts';
import type { SubgraphEvents, SubgraphRequest, SubgraphResult } from './subgraph-transport.ts';

/** Events that wait for a client of ours that reads slowly. */
const longestQueue = 1_000;

/**
 * Subscriptions on a subgraph in another process, all on one socket that opens with the first and
 * closes after the last. Each carries its caller's token in its own `extensions`: a connection a token
 * would make one upstream socket of every client's.
 */
export function createHttpSubscriptions(url: string) {
  let pongWait: NodeJS.Timeout | undefined;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    lazy: true,
    lazyCloseTimeout: 5_000,
    connectionAckWaitTimeout: 5_000,
    keepAlive: 12_000,
    on: {
      // A subgraph that vanished without a word would otherwise be waited for, for ever.
      ping(received) {
        if (!received) pongWait = setTimeout(() => client.terminate(), 5_000);
      },
      pong(received) {
        if (received) clearTimeout(pongWait);
      },
      closed: () => clearTimeout(pongWait),
    },
    // A lost socket ends its subscriptions with UNAVAILABLE, for their clients to subscribe again.
    retryAttempts: 0,
  });

  return {
    async subscribe({ headers, ...operation }: SubgraphRequest): Promise<SubgraphEvents> {
      let leave: () => void = () => undefined;
      const queue = new EventQueue<SubgraphResult>(longestQueue, () => leave());
      leave = client.subscribe<Record<string, unknown>>(
        {
          query: operation.query,
          ...(operation.operationName === undefined
            ? {}
            : { operationName: operation.operationName }),
          variables: { ...operation.variables },
          extensions: { ...headers },
        },
        {
          next: (result) => queue.push(result as SubgraphResult),
          error(fault) {
            if (!Array.isArray(fault)) return queue.fail(unreachable(fault));
            queue.push({ errors: fault });
            queue.end();
          },
          complete: () => queue.end(),
        },
      );
      return queue;
    },
    stop: async (): Promise<void> => {
      await client.dispose();
    },
  };
}

import type { Server } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { parse } from 'graphql';
import type { Disposable } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Subgraph } from './create-subgraph.ts';
import type { SubgraphRequest } from './define-subgraph.ts';

const credentials = z.object({ authorization: z.string().max(8192).optional() }).catch({});

/** graphql-ws only writes results out as JSON: errors that are formatted already serve it as well. */
const written = <Result>(result: Promise<Result>) =>
  result as Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>>;

/**
 * Subscriptions by graphql-ws on `/graphql`. The caller's token comes with each subscription
 * (`extensions.authorization`), so that one socket of a gateway serves all its clients; a client that
 * speaks for one caller may send it once in `connectionParams`.
 */
export function serveWebSocket(subgraph: Subgraph, server: Server): Disposable {
  const { schema } = subgraph;
  const requests = new WeakMap<object, SubgraphRequest>();
  const requestOf = (args: object): SubgraphRequest => {
    const request = requests.get(args);
    if (!request) throw new TypeError('The operation did not come through onSubscribe.');
    return request;
  };

  return useServer<Record<string, unknown>>(
    {
      schema,
      onSubscribe({ connectionParams }, _id, payload) {
        const { authorization } = {
          ...credentials.parse(connectionParams ?? {}),
          ...credentials.parse(payload.extensions ?? {}),
        };
        const args = { schema, document: parse(payload.query, { maxTokens: 20_000 }) };
        requests.set(args, {
          query: payload.query,
          operationName: payload.operationName ?? undefined,
          variables: payload.variables ?? undefined,
          headers: { authorization },
        });
        return args;
      },
      execute: (args) => written(subgraph.execute(requestOf(args))),
      subscribe: (args) => written(subgraph.subscribe(requestOf(args))),
    },
    new WebSocketServer({ server, path: '/graphql', maxPayload: 1_000_000 }),
  );
}

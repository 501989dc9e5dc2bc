import type { Server } from 'node:http';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  parse,
} from 'graphql';
import type { Disposable } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Subgraph } from './create-subgraph.ts';
import type { SubgraphRequest } from './define-subgraph.ts';
import { mapEvents } from './map-events.ts';
import { parseOptions } from './operation-cache.ts';

const credentials = z.object({ authorization: z.string().max(8192).optional() }).catch({});

/** graphql-ws formats errors itself, so ours, formatted already, are given as errors again. */
const unformatted = ({ errors, ...result }: FormattedExecutionResult): ExecutionResult => ({
  ...result,
  ...(errors ? { errors: errors.map(asError) } : {}),
});

const asError = ({ message, path, extensions }: GraphQLFormattedError): GraphQLError =>
  new GraphQLError(message, { path, extensions });

async function toSubscriber(
  subscribed: ReturnType<Subgraph['subscribe']>,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const result = await subscribed;
  return Symbol.asyncIterator in result
    ? mapEvents(result, async (event) => unformatted(event))
    : unformatted(result);
}

/** graphql-ws would answer a syntax error, thrown, by closing the socket of all the gateway's clients. */
function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, parseOptions);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/**
 * Subscriptions by graphql-ws on `/graphql`. The caller's token comes with each subscription
 * (`extensions.authorization`), so that one socket of a gateway serves all its clients; a client that
 * speaks for one caller may send it once in `connectionParams`.
 */
export function serveWebSocket(subgraph: Subgraph, server: Server): Disposable {
  const { schema } = subgraph;
  // Not bound to the server: graphql-ws would print the server's own errors, past our log.
  const sockets = new WebSocketServer({ noServer: true, path: '/graphql', maxPayload: 1_000_000 });
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (client) =>
      sockets.emit('connection', client, request),
    ),
  );
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
        const document = parsed(payload.query);
        if (document instanceof GraphQLError) return [document];
        const args = { schema, document };
        requests.set(args, {
          query: payload.query,
          operationName: payload.operationName ?? undefined,
          variables: payload.variables ?? undefined,
          headers: { authorization },
        });
        return args;
      },
      execute: async (args) => unformatted(await subgraph.execute(requestOf(args))),
      subscribe: (args) => toSubscriber(subgraph.subscribe(requestOf(args))),
    },
    sockets,
  );
}

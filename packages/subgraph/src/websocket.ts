import type { Server } from 'node:http';
import { CodedError } from '@eventxperts/errors';
import { parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Subgraph } from './create-subgraph.ts';
import type { RequestHeaders, SubgraphRequest } from './define-subgraph.ts';

const credentials = z.object({ authorization: z.string().max(8192).optional() }).catch({});

/**
 * Subscriptions by graphql-ws on `/graphql`. The caller's token comes with each subscription
 * (`extensions.authorization`), so that one socket of a gateway serves all its clients; a client that
 * speaks for one caller may send it once in `connectionParams`.
 */
export function serveWebSocket(subgraph: Subgraph, server: Server) {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: 1_000_000 });
  return useServer<Record<string, unknown>>(
    {
      schema: subgraph.schema,
      onSubscribe({ connectionParams }, _id, payload) {
        const { authorization } = {
          ...credentials.parse(connectionParams ?? {}),
          ...credentials.parse(payload.extensions ?? {}),
        };
        const headers: RequestHeaders = { authorization };
        const request: SubgraphRequest = {
          query: payload.query,
          operationName: payload.operationName ?? undefined,
          variables: payload.variables ?? undefined,
          headers,
        };
        return {
          schema: subgraph.schema,
          document: parse(payload.query),
          contextValue: { request },
        };
      },
      execute: ({ contextValue }) => subgraph.execute(requestOf(contextValue)),
      subscribe: ({ contextValue }) => subgraph.subscribe(requestOf(contextValue)),
    },
    sockets,
  );
}

function requestOf(contextValue: unknown): SubgraphRequest {
  if (typeof contextValue === 'object' && contextValue !== null && 'request' in contextValue) {
    return contextValue.request as SubgraphRequest;
  }
  throw new CodedError('INTERNAL');
}

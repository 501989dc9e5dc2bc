import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { SubgraphRequest, SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { ToyDefinition } from './toy-schemas.ts';

export interface ToyServer {
  readonly url: string;
  readonly sockets: () => number;
  setReady(ready: boolean): void;
  stop(): Promise<void>;
}

/** A subgraph as a server of its own: `/graphql` by HTTP and WebSocket, `/health/ready`, `/public`. */
export async function serveToySubgraph(
  definition: ToyDefinition,
  subgraph: SubgraphTransport,
): Promise<ToyServer> {
  let ready = true;
  const server = createServer((request, response) => {
    if (request.url === '/health/ready') return void response.writeHead(ready ? 200 : 503).end();
    if (request.url?.startsWith('/public/')) return echo(request, response);
    void answer(request, response, subgraph);
  });
  const sockets = serveSockets(definition, subgraph, server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sockets: () => sockets.clients.size,
    setReady: (value) => {
      ready = value;
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  subgraph: SubgraphTransport,
): Promise<void> {
  const { query, variables, operationName } = JSON.parse(await bodyOf(request));
  const headers = request.headers as SubgraphRequest['headers'];
  const result = await subgraph.execute({ query, variables, operationName, headers });
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  response.writeHead(201, { 'content-type': 'application/json', 'x-toy': 'yes' });
  response.end(
    JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }),
  );
}

function serveSockets(
  { typeDefs, resolvers }: ToyDefinition,
  subgraph: SubgraphTransport,
  server: ReturnType<typeof createServer>,
): WebSocketServer {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const protocol = makeServer({
    onSubscribe: (_context, _id, { query, variables, operationName, extensions }) => ({
      schema,
      document: parse(query),
      contextValue: { query, variables, operationName, headers: extensions ?? {} },
    }),
    subscribe: ({ contextValue }) => subgraph.subscribe(contextValue as SubgraphRequest) as never,
    onNext: (_context, _id, _payload, _args, result) => result as never,
  });
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  sockets.on('connection', (socket) => {
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => socket.send(text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (listener) =>
          socket.on('message', (message) => {
            listener(String(message)).catch(() => socket.close(CloseCode.InternalServerError));
          }),
      },
      undefined,
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  });
  return sockets;
}

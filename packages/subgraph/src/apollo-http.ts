import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type BaseContext as ApolloContext,
  ApolloServer,
  HeaderMap,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { maskError } from '@eventxperts/errors';
import type { Subgraph } from './create-subgraph.ts';
import { requestHeaders } from './request-headers.ts';

/** A gateway's query plan fetches many entities at once; a client's upload does not pass here. */
const maxBodyBytes = 5_000_000;

/** Apollo Server over the subgraph's schema, on plain node:http. */
export async function createApolloHandler(subgraph: Subgraph) {
  const server = new ApolloServer<ApolloContext>({
    schema: subgraph.schema,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    // Cache hints would cost as much CPU as the whole answer; nobody reads them behind a gateway.
    plugins: [ApolloServerPluginCacheControlDisabled()],
    formatError: (formatted, error) => {
      const original = unwrapResolverError(error);
      return original === error && formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR'
        ? formatted
        : maskError(error, subgraph.report);
    },
  });
  await server.start();

  const handle = async (request: IncomingMessage, response: ServerResponse, search: string) => {
    const body = await readJson(request);
    if (body === tooLarge) return refuse(response, 413, 'The body is larger than 5 MB.');
    if (body === malformed) return refuse(response, 400, 'The body is not JSON.');
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers: headerMap(request),
        search,
        body,
      },
      context: () => subgraph.createContext({ headers: requestHeaders(request.headers) }),
    });
    await send(response, answer);
  };
  return { handle, stop: () => server.stop() };
}

const tooLarge = Symbol('too large');
const malformed = Symbol('malformed');

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) return tooLarge;
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return malformed;
  }
}

function headerMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

async function send(response: ServerResponse, { status, headers, body }: HTTPGraphQLResponse) {
  response.statusCode = status ?? 200;
  for (const [name, value] of headers) response.setHeader(name, value);
  if (body.kind === 'complete') {
    response.end(body.string);
    return;
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

function refuse(response: ServerResponse, status: number, message: string) {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] }));
}

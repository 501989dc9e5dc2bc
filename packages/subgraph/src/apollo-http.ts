import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type BaseContext as ApolloContext,
  ApolloServer,
  HeaderMap,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import { maskError } from '@eventxperts/errors';
import type { FormattedExecutionResult } from 'graphql';
import type { Subgraph } from './create-subgraph.ts';
import { parseOptions } from './operation-cache.ts';
import { requestHeaders } from './request-headers.ts';

/** A gateway's query plan fetches many entities at once; a client's upload does not pass here. */
const maxBodyBytes = 5_000_000;

/** Apollo Server over the subgraph's schema, on plain node:http. */
export async function createApolloHandler(
  subgraph: Subgraph,
  onError: (code: string) => void = () => undefined,
) {
  const masked = (error: unknown) => {
    const shown = maskError(error, subgraph.report);
    onError(String(shown.extensions?.code));
    return shown;
  };
  const server = new ApolloServer<ApolloContext>({
    schema: subgraph.schema,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    parseOptions,
    plugins: [
      // Cache hints would cost as much CPU as the whole answer; nobody reads them behind a gateway.
      ApolloServerPluginCacheControlDisabled(),
      // Apollo's gateway alone asks for traces, and starting with them prints a line past our log.
      ApolloServerPluginInlineTraceDisabled(),
    ],
    formatError: (_formatted, error) => masked(error),
  });
  await server.start();

  const handle = async (request: IncomingMessage, response: ServerResponse, search: string) => {
    const body = await readJson(request);
    if (body === tooLarge) return refuse(response, 413, 'The body is larger than 5 MB.');
    if (body === malformed) return refuse(response, 400, 'The body is not JSON.');
    const context = await subgraph
      .createContext({ headers: requestHeaders(request.headers) })
      .catch(masked);
    // A refused caller is answered as in process: Apollo would make it a fault of the server, 500.
    if (!('caller' in context)) return answerJson(response, 200, { errors: [context] });
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'POST',
        headers: headerMap(request),
        search,
        body,
      },
      context: async () => context,
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
  response.setHeader('connection', 'close');
  answerJson(response, status, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
}

function answerJson(response: ServerResponse, status: number, body: FormattedExecutionResult) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

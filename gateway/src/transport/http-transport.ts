import type { FormattedExecutionResult } from 'graphql';
import { Pool } from 'undici';
import type { PublicRoute } from '../http/public-routes.ts';
import { isJsonObject } from '../plan/json.ts';
import { httpAddress, unreachable } from './http-address.ts';
import { httpPost } from './http-post.ts';
import { createHttpSubscriptions } from './http-subscriptions.ts';
import { createPublicProxy } from './public-proxy.ts';
import type { SubgraphRequest, SubgraphResult, SubgraphTransport } from './subgraph-transport.ts';

export interface HttpTransportOptions {
  /** The subgraph's GraphQL address, such as `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  /** Milliseconds for one whole answer. */
  readonly timeoutMs?: number;
  /** Kept open to the subgraph at the same time. */
  readonly connections?: number;
}

export interface HttpTransport extends SubgraphTransport {
  /** Everything that the subgraph serves below `/public`. */
  readonly routes: readonly PublicRoute[];
  stop(): Promise<void>;
}

const jsonBothWays = { 'content-type': 'application/json', accept: 'application/json' };

const longestAnswer = 50_000_000;

/** A subgraph in another process: HTTP with kept-alive connections, subscriptions by one WebSocket. */
export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { timeoutMs = 30_000, connections = 64 } = options;
  const { origin, graphqlPath, socketUrl } = httpAddress(options.url);
  const pool = new Pool(origin, {
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connectTimeout: 2_000,
    maxResponseSize: longestAnswer,
  });
  const subscriptions = createHttpSubscriptions(socketUrl);

  async function post(request: SubgraphRequest): Promise<SubgraphResult> {
    const text = await httpPost(pool, {
      path: graphqlPath,
      headers: { ...request.headers, ...jsonBothWays },
      // Its variables are left alone: where the text is made, reading them would parse it.
      body: request.body ?? written(request),
      timeoutMs,
    });
    return parsed(text);
  }

  return {
    routes: [createPublicProxy(pool)],
    async execute(request) {
      try {
        return await post(request);
      } catch (error) {
        throw unreachable(error);
      }
    },
    subscribe: (request) => subscriptions.subscribe(request),
    async ready() {
      try {
        const { statusCode, body } = await pool.request({
          method: 'GET',
          path: '/health/ready',
          signal: AbortSignal.timeout(2_000),
        });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    },
    async stop() {
      await subscriptions.stop();
      await pool.destroy();
    },
  };
}

const written = ({ query, operationName, variables }: SubgraphRequest): string =>
  JSON.stringify({ query, operationName, variables });

/** Whoever answers with something else than a GraphQL result is not the subgraph. */
function parsed(text: string): SubgraphResult {
  const body: unknown = JSON.parse(text);
  if (!isGraphqlResult(body)) throw new Error('The answer is no GraphQL result');
  const { data, errors, extensions } = body;
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors ? { errors } : {}),
    ...(extensions ? { extensions } : {}),
    plain: !text.includes('\\'),
  };
}

/** By hand, because a schema would copy every answer. */
function isGraphqlResult(body: unknown): body is FormattedExecutionResult {
  if (!isJsonObject(body)) return false;
  const { data, errors, extensions } = body;
  if (data === undefined && errors === undefined) return false;
  return (
    isAbsentOr(data, isJsonObject) &&
    isAbsentOr(errors, (value) => Array.isArray(value) && value.every(isError)) &&
    isAbsentOr(extensions, isJsonObject)
  );
}

const isAbsentOr = (value: unknown, holds: (value: unknown) => boolean): boolean =>
  value === undefined || value === null || holds(value);

const isError = (error: unknown): boolean =>
  isJsonObject(error) && typeof error.message === 'string';

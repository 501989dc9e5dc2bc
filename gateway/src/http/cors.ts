import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayConfig } from '../config.ts';

const allowedHeaders =
  'content-type, authorization, idempotency-key, traceparent, apollo-require-preflight, x-apollo-operation-name, apollographql-client-name, apollographql-client-version';

/** Lets pages of the configured origins read answers. */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  origins: GatewayConfig['corsOrigins'],
): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader('vary', 'origin');
  if (isAllowed(origin, origins)) {
    response.setHeader('access-control-allow-origin', origins === '*' ? '*' : origin);
  }
}

export function answerPreflight(response: ServerResponse): void {
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '7200',
    })
    .end();
}

/** A WebSocket is not bound by CORS, so its origin is checked here. No origin is no browser. */
export function mayConnect(
  { headers }: IncomingMessage,
  origins: GatewayConfig['corsOrigins'],
): boolean {
  const { origin, host } = headers;
  return origin === undefined || isAllowed(origin, origins) || isSameHost(origin, host);
}

const isAllowed = (origin: string, origins: GatewayConfig['corsOrigins']): boolean =>
  origins === '*' || origins.includes(origin);

const isSameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;

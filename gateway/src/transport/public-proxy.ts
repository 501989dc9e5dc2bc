import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'undici';
import { answerText } from '../http/answer.ts';
import type { PublicRoute } from '../http/public-routes.ts';

/** Headers that belong to one connection, not to the message. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/** Streams requests to what the subgraph publishes below `/public`, and their answers back. */
export const createPublicProxy = (pool: Pool): PublicRoute => ({
  path: '/',
  async handle(request, response) {
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    try {
      const answer = await pool.request({
        method: (request.method ?? 'GET') as 'GET',
        path: `/public${request.url ?? '/'}`,
        headers: { ...endToEnd(request.headers), host: request.headers.host ?? '' },
        body: hasBody(request) ? request : null,
        signal: leaving.signal,
      });
      response.writeHead(answer.statusCode, endToEnd(answer.headers));
      await pipeline(answer.body, response);
    } catch {
      abandon(response);
    }
  },
});

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = new Set(
    String(headers.connection ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase()),
  );
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !hopByHop.has(name) && !named.has(name)) kept[name] = value;
  }
  return kept;
}

function abandon(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else answerText(response, 502, 'The service cannot be reached.\n');
}

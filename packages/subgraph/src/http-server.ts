import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { StartError } from '@eventxperts/errors';
import { createApolloHandler } from './apollo-http.ts';
import type { Subgraph } from './create-subgraph.ts';
import { createMetrics } from './metrics.ts';
import { serveWebSocket } from './websocket.ts';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
}

/** The subgraph's private HTTP face: `/graphql`, `/public/*`, `/health/*`, `/metrics`. */
export async function createHttpServer(subgraph: Subgraph, { host, port }: HttpServerOptions) {
  const metrics = createMetrics(subgraph);
  const apollo = await createApolloHandler(subgraph, (code) => metrics.errors.inc({ code }));

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname = '', search = '' } = plainUrl(request.url) ?? {};
    if (pathname === '/graphql') {
      const ended = metrics.duration.startTimer();
      return apollo.handle(request, response, search).finally(ended);
    }
    if (pathname === '/health/live') return answer(response, 200, 'ok');
    if (pathname === '/health/ready') {
      return (await subgraph.ready())
        ? answer(response, 200, 'ready')
        : answer(response, 503, 'not ready');
    }
    if (pathname === '/metrics') {
      return answer(response, 200, await metrics.registry.metrics(), metrics.registry.contentType);
    }
    const publicRoute = subgraph.routes.find(({ path }) => isBelow(pathname, `/public${path}`));
    if (!publicRoute) return answer(response, 404, 'not found');
    request.url = `${pathname.slice('/public'.length)}${search}`;
    await publicRoute.handle(request, response);
  };

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      subgraph.report({ traceId: 'http', error });
      if (!response.headersSent) answer(response, 500, 'internal');
      else response.destroy();
    });
  });
  const sockets = serveWebSocket(subgraph, server);

  return {
    start: () =>
      new Promise<void>((resolve, reject) => {
        const refuse = (cause: Error) =>
          reject(new StartError(`Cannot listen on ${host}:${port}: ${cause.message}.`, { cause }));
        server.once('error', refuse).listen(port, host, () => resolve());
      }),
    async stop() {
      await sockets.dispose();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 5_000).unref();
      });
      await apollo.stop();
    },
  };
}

/** A proxy for `/public` passes paths on unread: one that dots lead out of it is no path of ours. */
function plainUrl(path = ''): URL | undefined {
  const address = `http://subgraph${path}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && path.startsWith(url.pathname) ? url : undefined;
}

const isBelow = (pathname: string, base: string): boolean =>
  pathname === base || pathname.startsWith(`${base}/`);

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  response.end(text);
}

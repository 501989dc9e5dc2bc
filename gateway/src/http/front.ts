import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReportFault } from '@eventxperts/errors';
import type { GatewayConfig } from '../config.ts';
import type { Explorer } from '../explorer/explorer.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { answerErrors, answerText } from './answer.ts';
import { allowOrigin, answerPreflight } from './cors.ts';
import type { Handler } from './graphql-endpoint.ts';
import { enterRoute, findPublicRoute, type PublicRoutes } from './public-routes.ts';

export interface FrontOptions {
  readonly config: GatewayConfig;
  readonly graphql: Handler;
  readonly explorer: Explorer;
  readonly metrics: GatewayMetrics;
  readonly routes: PublicRoutes;
  readonly ready: () => Promise<boolean>;
  readonly report: ReportFault;
}

/** Every path of the one public address. */
export function createFront(options: FrontOptions) {
  const { config, graphql, explorer, metrics, routes, ready, report } = options;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(`http://gateway${request.url ?? '/'}`);
    switch (pathname) {
      case '/graphql':
        allowOrigin(request, response, config.corsOrigins);
        if (request.method === 'OPTIONS') return answerPreflight(response);
        if (config.explorer && wantsPage(request, search)) return redirect(response, '/');
        return graphql(request, response, search);
      case '/health/live':
        return answerText(response, 200, 'ok\n');
      case '/health/ready':
        return (await ready())
          ? answerText(response, 200, 'ready\n')
          : answerText(response, 503, 'not ready\n');
      case '/metrics':
        return answerText(response, 200, await metrics.render(), metrics.contentType);
    }
    if (config.explorer && request.method === 'GET' && (await explorer.serve(pathname, response))) {
      return;
    }
    const target = findPublicRoute(routes, pathname, search);
    if (!target) return answerText(response, 404, 'Not found.\n');
    enterRoute(request, target);
    return target.route.handle(request, response);
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch((error: unknown) => {
      if (error instanceof TypeError && !URL.canParse(`http://gateway${request.url}`)) {
        return answerText(response, 400, 'Bad request.\n');
      }
      const traceId = crypto.randomUUID();
      report({ traceId, error });
      if (response.headersSent) return void response.destroy();
      answerErrors(response, 500, [
        {
          message: 'Something went wrong on our side.',
          extensions: { code: 'INTERNAL', traceId },
        },
      ]);
    });
  };
}

/** Somebody opened the endpoint in a browser: the explorer is what they look for. */
const wantsPage = ({ method, headers }: IncomingMessage, search: string): boolean =>
  method === 'GET' && search === '' && /^text\/html\b/.test(headers.accept ?? '');

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

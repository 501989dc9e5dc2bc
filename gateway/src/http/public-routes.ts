import type { IncomingMessage, ServerResponse } from 'node:http';

/** A handler of plain HTTP of one subgraph. It sees its own paths: `/users/oidc/me` comes as `/oidc/me`. */
export interface PublicRoute {
  readonly path: `/${string}`;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** The public HTTP of each subgraph by name: its routes within the process, or a proxy to them. */
export type PublicRoutes = Readonly<Record<string, readonly PublicRoute[]>>;

export interface PublicTarget {
  readonly route: PublicRoute;
  /** The path and query below the subgraph's name. */
  readonly url: string;
  readonly prefix: string;
}

/**
 * Which handler answers `/<subgraph>/<path>`. Only what a subgraph publishes can be reached; the path
 * has been normalised, so `/users/../graphql` is not below users.
 */
export function findPublicRoute(
  routes: PublicRoutes,
  pathname: string,
  search: string,
): PublicTarget | undefined {
  const [, name = '', below = '/'] = /^\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
  if (!Object.hasOwn(routes, name)) return undefined;
  const route = routes[name]?.find(({ path }) => isBelow(below, path));
  return route && { route, url: `${below}${search}`, prefix: `/${name}` };
}

const isBelow = (pathname: string, base: string): boolean =>
  base === '/' || pathname === base || pathname.startsWith(`${base}/`);

/** Hands the request over, with what the handler needs to write links that work from outside. */
export function enterRoute(request: IncomingMessage, { url, prefix }: PublicTarget): void {
  const { headers, socket } = request;
  const forwardedFor = [headers['x-forwarded-for'], socket.remoteAddress].flat();
  headers['x-forwarded-for'] = forwardedFor.filter(Boolean).join(', ');
  headers['x-forwarded-host'] ??= headers.host;
  headers['x-forwarded-proto'] ??= 'http';
  headers['x-forwarded-prefix'] = prefix;
  Object.assign(request, { originalUrl: request.url });
  request.url = url;
}

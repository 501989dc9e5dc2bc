import { CodedError } from '@eventxperts/errors';

/** Where a subgraph's faces are, from the address of its `/graphql`. */
export interface HttpAddress {
  readonly origin: string;
  readonly graphqlPath: string;
  readonly socketUrl: string;
}

export function httpAddress(url: string): HttpAddress {
  const { origin, pathname, host, protocol } = new URL(url);
  const graphqlPath = pathname === '/' ? '/graphql' : pathname;
  return {
    origin,
    graphqlPath,
    socketUrl: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${graphqlPath}`,
  };
}

/** The address and the fault itself are for the log alone. */
export const unreachable = (cause: unknown): CodedError =>
  new CodedError('UNAVAILABLE', undefined, { cause });

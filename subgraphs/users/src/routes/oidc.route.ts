import type { IncomingMessage } from 'node:http';
import type { Route } from '@eventxperts/subgraph';
import type { LocalIssuer } from '../oidc/local-issuer.service.ts';

/** The local issuer's endpoints below `/oidc`, which is `<PUBLIC_URL>/users/oidc` from outside. */
export const oidcRoute = ({
  provider,
  address,
}: Pick<LocalIssuer, 'provider' | 'address'>): Route => ({
  path: '/oidc',
  async handle(request, response) {
    const oidc = await provider();
    presentAsPublic(request, new URL(address));
    await oidc.callback()(request, response);
  },
});

/**
 * Shows the library the request as it was made to the issuer's address. The library builds addresses
 * from what it sees here; taken from the client's Host header, a forged one would be published.
 */
function presentAsPublic(request: IncomingMessage, issuer: URL): void {
  const below = (request.url ?? '/').replace(/^\/oidc/, '') || '/';
  const { headers } = request;
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-forwarded-') || name === 'forwarded') delete headers[name];
  }
  headers.host = issuer.host;
  headers['x-forwarded-proto'] = issuer.protocol.replace(':', '');
  Object.assign(request, { url: below, originalUrl: `${issuer.pathname}${below}` });
}

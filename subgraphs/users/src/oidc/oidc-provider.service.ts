import type { Configuration, Provider, ResourceServer } from 'oidc-provider';
import type { Logger } from 'pino';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { UserService } from '../user/user.service.ts';
import { withOidcLibrary } from './oidc-library.adapter.ts';
import { createOidcAdapter } from './oidc-storage.adapter.ts';

export interface OidcConfig {
  /** The issuer's address as seen from outside. */
  readonly issuer: string;
  readonly audience: string;
  readonly rolesClaim: string;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly signingKeys: NonNullable<Configuration['jwks']>;
  readonly cookieKeys: readonly string[];
}

interface OidcDependencies {
  readonly prisma: PrismaClient;
  readonly users: Pick<UserService, 'findActive'>;
  readonly log: Logger;
}

const minutes = 60;
const days = 86_400;

/** In seconds. A revoked session's access token lives no longer than the first. */
const ttl = {
  AccessToken: 5 * minutes,
  AuthorizationCode: minutes,
  IdToken: 5 * minutes,
  Interaction: 60 * minutes,
  Session: 14 * days,
  RefreshToken: 30 * days,
  Grant: 90 * days,
};

/** What a token for the API looks like: a JWT that every service verifies by itself. */
export const apiResource = ({ audience }: OidcConfig) => ({
  scope: '',
  audience,
  accessTokenFormat: 'jwt' as const,
  accessTokenTTL: ttl.AccessToken,
  jwt: { sign: { alg: 'RS256' as const } },
});

/** The local issuer: the certified library over our database and accounts. */
export const createOidcProvider = (
  config: OidcConfig,
  dependencies: OidcDependencies,
): Promise<Provider> =>
  withOidcLibrary(dependencies.log, ({ Provider, errors }) => {
    const usedAlready = () => new errors.InvalidGrant('already used');
    const adapter = createOidcAdapter({ prisma: dependencies.prisma, usedAlready });
    const refuseResource = () => {
      throw new errors.InvalidTarget();
    };
    const provider = new Provider(config.issuer, {
      ...configurationOf(config, dependencies.users, refuseResource),
      adapter,
    });
    // The route sets the forwarded headers itself; none from outside gets here.
    provider.proxy = true;
    return provider;
  });

function configurationOf(
  config: OidcConfig,
  users: OidcDependencies['users'],
  refuseResource: () => never,
): Configuration {
  const origins = new Set(config.redirectUris.map((uri) => new URL(uri).origin));
  return {
    jwks: config.signingKeys,
    cookies: { keys: [...config.cookieKeys] },
    clients: [
      {
        client_id: config.clientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...config.redirectUris],
        post_logout_redirect_uris: [...config.redirectUris],
      },
    ],
    clientBasedCORS: (_ctx, origin) => origins.has(origin),
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    ttl,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // As plain text: what is wrong is quoted from the request.
    renderError(ctx, { error, error_description }) {
      ctx.type = 'text/plain';
      ctx.body = `${error}: ${error_description ?? ''}`;
    },
    interactions: { url: (_ctx, { uid }) => `${config.issuer}/interaction/${uid}` },
    async findAccount(_ctx, id) {
      const user = await users.findActive(id);
      if (!user) return undefined;
      return {
        accountId: id,
        claims: () => ({ sub: id, name: user.displayName, email: user.email ?? undefined }),
      };
    },
    async extraTokenClaims(_ctx, token) {
      if (!('accountId' in token)) return undefined;
      const user = await users.findActive(token.accountId);
      return { user_id: token.accountId, sid: token.grantId, [config.rolesClaim]: user?.roles };
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => config.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource): ResourceServer =>
          resource === config.audience ? apiResource(config) : refuseResource(),
      },
    },
  };
}

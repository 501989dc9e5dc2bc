import { decodeJwt } from 'jose';
import type { Provider } from 'oidc-provider';
import { v7 as uuidv7 } from 'uuid';
import { apiResource, type OidcConfig } from './oidc-provider.service.ts';

export interface MintedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

/** Opens a session of the user and gives its first tokens. */
export type SessionMint = (userId: string) => Promise<MintedTokens>;

const scope = 'openid offline_access';

/**
 * Issues what the token endpoint would after a sign-in page. A session is the library's grant: its id
 * is the claim `sid`, its refresh tokens are one family, and revoking it ends them all.
 */
export const createSessionMint =
  (provider: () => Promise<Provider>, config: OidcConfig): SessionMint =>
  async (accountId) => {
    const oidc = await provider();
    const client = await oidc.Client.find(config.clientId);
    if (!client) throw new Error(`The issuer does not know its own client ${config.clientId}.`);

    const grant = new oidc.Grant({ accountId, clientId: client.clientId });
    grant.jti = uuidv7();
    grant.addOIDCScope(scope);
    const grantId = await grant.save();

    const token = new oidc.AccessToken({ accountId, client, grantId, gty: 'password', scope: '' });
    token.resourceServer = new oidc.ResourceServer(config.audience, apiResource(config));
    const refresh = new oidc.RefreshToken({
      accountId,
      client,
      grantId,
      gty: 'password',
      scope,
      resource: config.audience,
      expiresWithSession: false,
      rotations: 0,
      authTime: Math.floor(Date.now() / 1000),
    });
    const accessToken = await token.save();
    const { exp = 0 } = decodeJwt(accessToken);
    return {
      accessToken,
      refreshToken: await refresh.save(),
      expiresAt: new Date(exp * 1000),
    };
  };

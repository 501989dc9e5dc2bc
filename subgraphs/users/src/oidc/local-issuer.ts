import { localIssuer as issuerAt } from '@eventxperts/identity';
import type { Job, Route } from '@eventxperts/subgraph';
import type { Logger } from 'pino';
import type { PrismaClient } from '../database.ts';
import type { UsersConfig } from '../environment.ts';
import type { UserService } from '../users/user.service.ts';
import { lazily } from './lazily.ts';
import { oidcRoute } from './oidc.route.ts';
import { createOidcProvider, type OidcConfig } from './oidc-provider.ts';
import { createSessionMint, type SessionMint } from './session-mint.ts';

export interface LocalIssuer {
  readonly mint: SessionMint;
  readonly route: Route;
  /** Deletes what has expired; nothing that the issuer still honours. */
  readonly sweep: Job;
  /** Loads the library ahead of the first sign-in. */
  warm(): Promise<void>;
}

export function createLocalIssuer(
  config: UsersConfig,
  dependencies: { prisma: PrismaClient; users: UserService; log: Logger },
): LocalIssuer {
  const oidc: OidcConfig = {
    issuer: issuerAt(config),
    audience: config.AUTH_AUDIENCE,
    rolesClaim: config.AUTH_ROLES_CLAIM,
    clientId: config.OIDC_CLIENT_ID,
    redirectUris: config.OIDC_REDIRECT_URIS,
    signingKeys: config.OIDC_SIGNING_KEYS,
    cookieKeys: config.OIDC_COOKIE_KEYS,
  };
  const provider = lazily(() => createOidcProvider(oidc, dependencies));
  return {
    mint: createSessionMint(provider, oidc),
    route: oidcRoute(provider, oidc.issuer),
    sweep: {
      name: 'delete expired sessions',
      everyMs: 600_000,
      async run() {
        await dependencies.prisma.oidcModel.deleteMany({
          where: { expiresAt: { lt: new Date() } },
        });
      },
    },
    async warm() {
      await provider();
    },
  };
}

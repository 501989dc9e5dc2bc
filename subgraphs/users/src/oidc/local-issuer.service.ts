import { localIssuer as issuerAt } from '@eventxperts/identity';
import type { Provider } from 'oidc-provider';
import type { Logger } from 'pino';
import type { UsersConfig } from '../environment.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { UserService } from '../user/user.service.ts';
import { createOidcProvider, type OidcConfig } from './oidc-provider.service.ts';
import { createSessionMint, type SessionMint } from './session-mint.service.ts';

export interface LocalIssuer {
  /** The issuer's address as seen from outside. */
  readonly address: string;
  readonly mint: SessionMint;
  /** The library, loaded when it is first needed. */
  readonly provider: () => Promise<Provider>;
  /** Loads the library a little later, so that nobody's sign-in waits for it. */
  start(): void;
  stop(): void;
}

/** Long enough that the first answers of a start are not held up by loading the library. */
const warmAfterMs = 2_000;

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
  let warming: NodeJS.Timeout | undefined;
  return {
    address: oidc.issuer,
    mint: createSessionMint(provider, oidc),
    provider,
    start() {
      warming = setTimeout(() => {
        provider().catch((error: unknown) => dependencies.log.error({ err: error }, 'no issuer'));
      }, warmAfterMs);
    },
    stop: () => clearTimeout(warming),
  };
}

/** Makes a thing when it is first asked for, once. A failure is not kept: the next call tries again. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

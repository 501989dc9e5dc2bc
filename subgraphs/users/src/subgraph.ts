import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph, type Job } from '@eventxperts/subgraph';
import type { UsersContext } from './context.ts';
import { createPrismaClient, type Transaction } from './database.ts';
import { environment, type UsersConfig } from './environment.ts';
import { ErrorCodeResolver } from './error-codes/error-code.resolver.ts';
import { createLocalIssuer } from './oidc/local-issuer.ts';
import { references } from './references.ts';
import { createExternalSignIn } from './sessions/external-sign-in.ts';
import { createLocalSignIn } from './sessions/local-sign-in.ts';
import { SessionResolver } from './sessions/session.resolver.ts';
import { createSignInThrottle } from './sessions/sign-in-throttle.ts';
import { createUserLoader } from './users/user.loader.ts';
import { UserResolver } from './users/user.resolver.ts';
import { createUserService } from './users/user.service.ts';

/** Long enough that the first answers of a start are not held up by loading the issuer. */
const warmAfterMs = 2_000;

export const users = defineSubgraph<UsersConfig, UsersContext>({
  name: 'users',
  environment,
  resolvers: [UserResolver, SessionResolver, ErrorCodeResolver],
  references,

  create({ config, databaseUrl, poolSize, bus, log }) {
    const prisma = createPrismaClient({ url: databaseUrl, poolSize });
    const store = createDomainStore<Transaction, typeof prisma>({
      domain: 'users',
      platform: { databaseUrl, bus, log },
      prisma,
      handlers: userStatusHandlers(),
    });
    const service = createUserService(store);
    const throttle = createSignInThrottle(prisma);
    const issuer = createLocalIssuer(config, { prisma, users: service, log });
    const external = externalIssuer(config);
    const signIn = external
      ? createExternalSignIn({ users: service, external })
      : createLocalSignIn({ users: service, throttle, mint: issuer.mint });
    const sweepThrottle: Job = {
      name: 'forget failed sign-ins',
      everyMs: 600_000,
      run: () => throttle.sweep(),
    };
    let warming: NodeJS.Timeout | undefined;

    return {
      context: ({ caller }) => ({
        caller,
        signIn,
        visibleUsers: createUserLoader(prisma, caller),
      }),
      messaging: store.messaging,
      routes: external ? [] : [issuer.route],
      jobs: external ? [] : [issuer.sweep, sweepThrottle],
      async start() {
        await store.start();
        if (external) return;
        warming = setTimeout(() => {
          issuer.warm().catch((error: unknown) => log.error({ err: error }, 'issuer not loaded'));
        }, warmAfterMs);
      },
      ready: () => store.ready(),
      async stop() {
        clearTimeout(warming);
        await store.stop();
      },
    };
  },
});

function externalIssuer(config: UsersConfig) {
  const [redirectUri = ''] = config.OIDC_REDIRECT_URIS;
  return config.AUTH_ISSUER === undefined
    ? undefined
    : {
        issuer: config.AUTH_ISSUER,
        audience: config.AUTH_AUDIENCE,
        clientId: config.OIDC_CLIENT_ID,
        redirectUri,
      };
}

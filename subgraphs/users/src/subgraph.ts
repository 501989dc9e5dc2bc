import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import type { UsersContext } from './context.ts';
import { environment, externalIssuer, type UsersConfig } from './environment.ts';
import { ErrorCodeResolver } from './error-code/error-code.resolver.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';
import { expiredSessions } from './jobs/expired-sessions.job.ts';
import { failedSignIns } from './jobs/failed-sign-ins.job.ts';
import { createLocalIssuer } from './oidc/local-issuer.service.ts';
import { references } from './references.ts';
import { oidcRoute } from './routes/oidc.route.ts';
import { createExternalSignIn } from './session/external-sign-in.adapter.ts';
import { createLocalSignIn } from './session/local-sign-in.adapter.ts';
import { SessionResolver } from './session/session.resolver.ts';
import { createSignInThrottle } from './session/sign-in-throttle.service.ts';
import { createUserLoader } from './user/user.loader.ts';
import { allUsersAgain } from './user/user.record.ts';
import { UserResolver } from './user/user.resolver.ts';
import { createUserService } from './user/user.service.ts';

export const users = defineSubgraph<UsersConfig, UsersContext>({
  name: 'users',
  environment,
  resolvers: [UserResolver, SessionResolver, ErrorCodeResolver],
  references,

  create(platform) {
    const { config, databaseUrl, poolSize, log } = platform;
    const adapter = createPrismaAdapter({ url: databaseUrl, poolSize });
    const prisma = new PrismaClient({ adapter });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'users',
      platform,
      prisma,
      handlers: userStatusHandlers(),
      republish: [allUsersAgain],
    });
    const service = createUserService(store);
    const external = externalIssuer(config);
    const issuer = createLocalIssuer(config, { prisma, users: service, log });
    const signIn = external
      ? createExternalSignIn({ users: service, external })
      : createLocalSignIn({
          users: service,
          throttle: createSignInThrottle(prisma),
          mint: issuer.mint,
        });

    return {
      ...store,
      context: ({ caller }) => ({
        caller,
        signIn,
        signedIn: new Set(),
        visibleUsers: createUserLoader(prisma, caller),
      }),
      routes: external ? [] : [oidcRoute(issuer)],
      jobs: external ? [] : [expiredSessions(prisma), failedSignIns(prisma)],
      async start() {
        await store.start();
        if (!external) issuer.start();
      },
      async stop() {
        issuer.stop();
        await store.stop();
      },
    };
  },
});

import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { eventAccessHandlers } from '@eventxperts/event-access';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import type { AnalyticsContext } from './context.ts';
import { createDashboardLoader } from './dashboard/dashboard.loader.ts';
import { DashboardResolver } from './dashboard/dashboard.resolver.ts';
import { environment } from './environment.ts';
import { onInviteCreated } from './events/on-invite-created.ts';
import { onInviteRevoked } from './events/on-invite-revoked.ts';
import { onRsvpChanged } from './events/on-rsvp-changed.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';
import { Event } from './references.ts';

export const analytics = defineSubgraph({
  name: 'analytics',
  environment,
  resolvers: [DashboardResolver],
  orphanedTypes: [Event],
  references: {
    Event: ({ id }) => ({ id }),
  },

  create(platform) {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: platform.databaseUrl, poolSize: platform.poolSize }),
    });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'analytics',
      platform,
      prisma,
      handlers: [
        ...userStatusHandlers(),
        ...eventAccessHandlers(),
        onInviteCreated(),
        onInviteRevoked(),
        onRsvpChanged(),
      ],
    });

    return {
      ...store,
      context: ({ caller }): AnalyticsContext => ({
        caller,
        dashboards: createDashboardLoader(prisma, caller),
      }),
    };
  },
});

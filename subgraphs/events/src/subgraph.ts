import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import type { EventsContext } from './context.ts';
import { environment } from './environment.ts';
import { createEventLoader, createSessionsLoader } from './event/event.loader.ts';
import { allEventsAgain } from './event/event.republish.ts';
import { EventResolver } from './event/event.resolver.ts';
import { EventService } from './event/event.service.ts';
import { EventListService } from './event/event-list.service.ts';
import { InvitedEventResolver } from './event/invited-event.resolver.ts';
import { OrganizedEventsResolver } from './event/organized-events.resolver.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';
import { Invitation, referToUser } from './references.ts';

export const events = defineSubgraph({
  name: 'events',
  environment,
  resolvers: [EventResolver, OrganizedEventsResolver, InvitedEventResolver],
  orphanedTypes: [Invitation],
  references: {
    Event: ({ id }, { events }: EventsContext) => events.load(String(id)),
    User: referToUser,
    Invitation: (invitation) => invitation,
  },

  create(platform) {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: platform.databaseUrl, poolSize: platform.poolSize }),
    });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'events',
      platform,
      prisma,
      handlers: userStatusHandlers(),
      republish: [allEventsAgain],
    });
    const eventService = new EventService(store);
    const eventList = new EventListService(prisma);

    return {
      ...store,
      context({ caller, headers }): EventsContext {
        const events = createEventLoader(prisma, caller);
        return {
          caller,
          idempotencyKey: headers['idempotency-key'],
          eventService,
          eventList,
          events,
          sessions: createSessionsLoader(prisma, caller),
          async loadInvitedEvent(id, grant) {
            if (!grant) return events.load(String(id));
            const guest = await platform.verifier.verify(`Bearer ${grant}`);
            return createEventLoader(prisma, guest).load(String(id));
          },
        };
      },
    };
  },
});

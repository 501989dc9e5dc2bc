import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { eventAccessHandlers } from '@eventxperts/event-access';
import { createGuestTokens, userStatusHandlers } from '@eventxperts/identity';
import { createLive } from '@eventxperts/live';
import { sealSecret } from '@eventxperts/messaging';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import { createContext, type InvitationsContext, type InvitationsParts } from './context.ts';
import { environment } from './environment.ts';
import { onNotificationSent } from './events/on-notification-sent.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';
import { EventInvitationsResolver } from './invitation/event-invitations.resolver.ts';
import { allInvitationsAgain } from './invitation/invitation.republish.ts';
import { InvitationResolver } from './invitation/invitation.resolver.ts';
import { InvitationService } from './invitation/invitation.service.ts';
import { createInvitationCodes } from './invitation/invitation-code.ts';
import { InvitationPageService } from './page/invitation-page.service.ts';
import { referToEvent } from './references.ts';
import { rsvpRoute } from './routes/rsvp.route.ts';
import { RsvpResolver } from './rsvp/rsvp.resolver.ts';
import { RsvpService } from './rsvp/rsvp.service.ts';
import { EventSummaryResolver } from './summary/event-summary.resolver.ts';

export const invitations = defineSubgraph({
  name: 'invitations',
  environment,
  resolvers: [InvitationResolver, RsvpResolver, EventInvitationsResolver, EventSummaryResolver],
  references: {
    Invitation: ({ id }, { invitations }: InvitationsContext) => invitations.load(String(id)),
    Guest: ({ id }, { guestsById }: InvitationsContext) => guestsById.load(String(id)),
    Rsvp: ({ id }, { rsvpsById }: InvitationsContext) => rsvpsById.load(String(id)),
    Event: referToEvent,
  },

  create(platform) {
    const { config, databaseUrl, poolSize, log } = platform;
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: databaseUrl, poolSize }),
    });
    const live = createLive({ databaseUrl, log });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'invitations',
      platform,
      prisma,
      handlers: [...userStatusHandlers(), ...eventAccessHandlers(), onNotificationSent],
      republish: [allInvitationsAgain],
      afterCommit: live.wake,
    });
    const codes = createInvitationCodes(config.INVITATION_CODE_KEY);
    const parts: InvitationsParts = {
      prisma,
      live,
      codes,
      guestTokens: createGuestTokens({ signingKey: config.GUEST_SIGNING_KEY }),
      invitationService: new InvitationService({
        store,
        codes,
        seal: (code) => sealSecret(config.NOTIFICATIONS_PUBLIC_KEY, code),
      }),
      rsvpService: new RsvpService(store, codes),
      linkOf: (code) => config.INVITATION_LINK.replace('{code}', code),
    };

    return {
      ...store,
      jobs: [{ name: 'forget live updates', everyMs: 600_000, run: live.forget }],
      routes: [rsvpRoute(new InvitationPageService(parts))],
      context: (request) => createContext(parts, request),
      async stop() {
        await live.stop();
        await store.stop();
      },
    };
  },
});

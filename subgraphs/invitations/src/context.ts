import type { PageArguments } from '@eventxperts/database';
import { awaitEventAccess, type EventAccess, may } from '@eventxperts/event-access';
import type { Caller, GuestTokens } from '@eventxperts/identity';
import type { Live, LiveUpdate } from '@eventxperts/live';
import type { BaseContext, RequestHeaders } from '@eventxperts/subgraph';
import DataLoader from 'dataloader';
import type { Invitation, PrismaClient } from './generated/prisma/client.ts';
import { createGuestLoader } from './guest/guest.loader.ts';
import {
  createGuestsLoader,
  createInvitationLoader,
  createRsvpLoader,
} from './invitation/invitation.loader.ts';
import type { InvitationService } from './invitation/invitation.service.ts';
import type { InvitationCodes } from './invitation/invitation-code.ts';
import { listInvitations } from './invitation/invitation-list.service.ts';
import { createAnswerLoader } from './rsvp/rsvp.loader.ts';
import type { RsvpService } from './rsvp/rsvp.service.ts';
import { createRsvpSubscriber } from './rsvp/rsvp.stream.ts';
import { createSummaryLoader } from './summary/summary.loader.ts';

/** What lasts as long as the process. */
export interface InvitationsParts {
  readonly prisma: PrismaClient;
  readonly live: Live;
  readonly codes: InvitationCodes;
  readonly guestTokens: GuestTokens;
  readonly invitationService: InvitationService;
  readonly rsvpService: RsvpService;
  readonly linkOf: (code: string) => string;
}

/** What a resolver of this domain has at hand: the parts above, and the loaders of the request. */
export interface InvitationsContext extends BaseContext, Omit<InvitationsParts, 'prisma' | 'live'> {
  readonly idempotencyKey: string | undefined;
  /** Invitations whose code came with this request: their holder may read them. */
  readonly opened: Set<string>;
  readonly access: DataLoader<string, EventAccess | null>;
  readonly invitations: ReturnType<typeof createInvitationLoader>;
  readonly guests: ReturnType<typeof createGuestsLoader>;
  readonly rsvps: ReturnType<typeof createRsvpLoader>;
  readonly guestsById: ReturnType<typeof createGuestLoader>;
  readonly rsvpsById: ReturnType<typeof createAnswerLoader>;
  readonly summaries: ReturnType<typeof createSummaryLoader>;
  openInvitation(code: string): Promise<Invitation | null>;
  listInvitations(
    eventId: string,
    page: PageArguments,
  ): Promise<Awaited<ReturnType<typeof listInvitations>> | null>;
  grantFor(invitation: { id: string; eventId: string }): Promise<string> | null;
  subscribeRsvps(caller: Caller, eventId: string): Promise<AsyncIterableIterator<LiveUpdate>>;
}

export function createContext(
  parts: InvitationsParts,
  { caller, headers }: { readonly caller: Caller; readonly headers: RequestHeaders },
): InvitationsContext {
  const { prisma, live, codes, guestTokens } = parts;
  const opened = new Set<string>();
  const access = new DataLoader<string, EventAccess | null>(async (ids) => {
    const known = await awaitEventAccess(prisma, ids);
    return ids.map((id) => known.get(id) ?? null);
  });
  const invitations = createInvitationLoader(prisma, { caller, opened, access });

  return {
    ...parts,
    caller,
    idempotencyKey: headers['idempotency-key'],
    opened,
    access,
    invitations,
    guests: createGuestsLoader(prisma),
    rsvps: createRsvpLoader(prisma),
    guestsById: createGuestLoader(prisma, invitations),
    rsvpsById: createAnswerLoader(prisma, invitations),
    summaries: createSummaryLoader(prisma),
    subscribeRsvps: createRsvpSubscriber(prisma, live),

    async openInvitation(code) {
      const claimed = codes.read(code);
      if (!claimed) return null;
      const invitation = await prisma.invitation.findUnique({
        where: { id: claimed.invitationId },
      });
      if (!invitation || invitation.status === 'REVOKED') return null;
      if (!codes.proves(claimed, invitation)) return null;
      opened.add(invitation.id);
      return invitation;
    },

    async listInvitations(eventId, page) {
      if (caller.kind !== 'user') return null;
      const event = await access.load(eventId);
      return event && may(caller, event, 'manage') ? listInvitations(prisma, eventId, page) : null;
    },

    grantFor: ({ id, eventId }) =>
      opened.has(id) ? guestTokens.sign({ invitationId: id, eventId }) : null,
  };
}

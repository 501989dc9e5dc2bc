import { appendEvent, type DomainEvent } from '@eventxperts/messaging';
import type { Guest, Invitation, Prisma } from '../generated/prisma/client.ts';

export interface InvitationWithGuests extends Invitation {
  readonly guests: readonly Guest[];
}

/** How many people an invitation admits at most: those named on it and their plus-ones. */
export const partySizeOf = ({
  guests,
  plusOnesAllowed,
}: Pick<InvitationWithGuests, 'guests' | 'plusOnesAllowed'>): number =>
  guests.length + plusOnesAllowed;

type InvitationEvent = 'invite.created' | 'invite.sent' | 'invite.revoked';

/**
 * An invitation's state as an event. `linkSecret` is the code sealed for notifications, where the
 * guest must be written to. The version was bumped by the caller, under the row's lock.
 */
export function invitationEvent(
  type: InvitationEvent,
  invitation: InvitationWithGuests,
  linkSecret: string | null = null,
): DomainEvent<InvitationEvent> {
  const host = invitation.guests.find(({ position }) => position === 0);
  return {
    source: 'invitations',
    type,
    key: invitation.id,
    version: invitation.version,
    data: {
      id: invitation.id,
      eventId: invitation.eventId,
      status: invitation.status,
      guest: { name: host?.name ?? '', email: host?.email ?? null },
      plusOnesAllowed: invitation.plusOnesAllowed,
      partySize: partySizeOf(invitation),
      linkSecret,
      createdAt: invitation.createdAt.toISOString(),
    },
  };
}

export const recordInvitation = (
  tx: Prisma.TransactionClient,
  type: InvitationEvent,
  invitation: InvitationWithGuests,
  linkSecret: string | null = null,
): Promise<void> => appendEvent(tx, invitationEvent(type, invitation, linkSecret));

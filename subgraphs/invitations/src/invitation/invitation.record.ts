import { appendEvent } from '@eventxperts/messaging';
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

/**
 * Publishes an invitation's state. `linkSecret` is the code sealed for notifications, where the
 * guest must be written to. The version was bumped by the caller, under the row's lock.
 */
export async function recordInvitation(
  tx: Prisma.TransactionClient,
  type: 'invite.created' | 'invite.sent' | 'invite.revoked',
  invitation: InvitationWithGuests,
  linkSecret: string | null = null,
): Promise<void> {
  const host = invitation.guests.find(({ position }) => position === 0);
  await appendEvent(tx, {
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
  });
}

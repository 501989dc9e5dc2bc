import { defineHandler } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';

/**
 * Queues the invitation's mail, once, in the transaction that records the event. A guest without an
 * address gets none. An invitation told again (`republished`) was sent when it was new.
 */
export const onInviteCreated = defineHandler<'invite.created', Prisma.TransactionClient>(
  'invite.created',
  async (tx, invitations) => {
    const mails = invitations
      .filter(({ republished }) => !republished)
      .flatMap(({ data }) => queuedMail(data));
    await tx.notification.createMany({ data: mails, skipDuplicates: true });
  },
);

interface Invitation {
  readonly id: string;
  readonly eventId: string;
  readonly guest: { readonly name: string; readonly email: string | null };
  readonly linkSecret: string | null;
}

function queuedMail({ id, eventId, guest, linkSecret }: Invitation) {
  if (guest.email === null || linkSecret === null) return [];
  return {
    kind: 'INVITATION' as const,
    channel: 'EMAIL' as const,
    subjectId: id,
    eventId,
    recipient: guest.email,
    recipientName: guest.name,
    linkSecret,
  };
}

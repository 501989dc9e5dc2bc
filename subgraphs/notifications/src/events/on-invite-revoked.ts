import { defineHandler } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';
import { endDelivery } from '../notification/notification.event.ts';

/** An invitation that was taken back is not mailed any more, unless its mail is already on its way. */
export const onInviteRevoked = defineHandler<'invite.revoked', Prisma.TransactionClient>(
  'invite.revoked',
  async (tx, invitations) => {
    const waiting = await tx.notification.findMany({
      where: {
        kind: 'INVITATION',
        status: 'PENDING',
        subjectId: { in: invitations.map(({ subject }) => subject) },
      },
      orderBy: { id: 'asc' },
    });
    for (const notification of waiting) {
      await endDelivery(tx, notification, {
        status: 'FAILED',
        failure: 'The invitation was taken back.',
      });
    }
  },
);

import { defineHandler, type EventHandler } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';
import { recordInvitation } from '../invitation/invitation.record.ts';

/** The invitation's mail is out: what was a draft counts as sent. */
export const onNotificationSent: EventHandler<Prisma.TransactionClient> = defineHandler<
  'notification.sent',
  Prisma.TransactionClient
>('notification.sent', async (tx, events) => {
  const ids = events
    .filter(({ data }) => data.kind === 'INVITATION')
    .map(({ data }) => data.subjectId);
  const drafts = await tx.invitation.findMany({
    where: { id: { in: ids }, status: 'DRAFT' },
    orderBy: { id: 'asc' },
  });
  for (const { id } of drafts) {
    const sent = await tx.invitation.update({
      where: { id },
      data: { status: 'SENT', version: { increment: 1 } },
      include: { guests: true },
    });
    await recordInvitation(tx, 'invite.sent', sent);
  }
});

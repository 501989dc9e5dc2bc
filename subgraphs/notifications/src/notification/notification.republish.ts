import type { DomainEvent, RepublishSource } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';
import { notificationEvent } from './notification.event.ts';

/** How every delivery ended, told again for projections that missed history. */
export const allDeliveriesAgain: RepublishSource<Prisma.TransactionClient> = {
  async page(tx, after, limit) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select id from notification
      where status <> 'PENDING'
        and id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      order by id limit ${limit} for update`;
    const told: DomainEvent[] = [];
    for (const { id } of rows) {
      const ended = await tx.notification.update({
        where: { id },
        data: { version: { increment: 1 } },
      });
      told.push(notificationEvent(ended, ended.sentAt ?? ended.createdAt));
    }
    return told;
  },
};

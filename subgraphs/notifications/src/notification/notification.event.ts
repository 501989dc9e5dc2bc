import { appendEvent, type DomainEvent } from '@eventxperts/messaging';
import type { Notification, Prisma } from '../generated/prisma/client.ts';

type End = { readonly status: 'SENT' } | { readonly status: 'FAILED'; readonly failure: string };

/**
 * Records how a delivery ended, with its event, and forgets the secret. The first end stands: one
 * that another process recorded meanwhile is left as it is.
 */
export async function endDelivery(
  tx: Prisma.TransactionClient,
  { id }: Pick<Notification, 'id'>,
  end: End,
): Promise<void> {
  const at = new Date();
  const [ended] = await tx.notification.updateManyAndReturn({
    where: { id, status: 'PENDING' },
    data: {
      status: end.status,
      failure: end.status === 'FAILED' ? end.failure : null,
      sentAt: end.status === 'SENT' ? at : null,
      linkSecret: null,
      version: { increment: 1 },
    },
  });
  if (!ended) return;
  await appendEvent(tx, notificationEvent(ended, at));
}

/** A delivery that ended, as others may know of it: no name, no address, no link. */
export function notificationEvent(
  { id, channel, kind, subjectId, status, attempts, failure, version }: Notification,
  at: Date,
): DomainEvent<'notification.sent' | 'notification.failed'> {
  return {
    type: status === 'SENT' ? 'notification.sent' : 'notification.failed',
    key: id,
    version,
    source: 'notifications',
    data: { id, channel, kind, subjectId, status, attempts, failure, at: at.toISOString() },
  };
}

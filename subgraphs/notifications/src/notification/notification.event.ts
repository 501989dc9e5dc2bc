import { appendEvent } from '@eventxperts/messaging';
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
  await appendEvent(tx, {
    type: end.status === 'SENT' ? 'notification.sent' : 'notification.failed',
    key: id,
    version: ended.version,
    source: 'notifications',
    data: {
      id,
      channel: ended.channel,
      kind: ended.kind,
      subjectId: ended.subjectId,
      status: ended.status,
      attempts: ended.attempts,
      failure: ended.failure,
      at: at.toISOString(),
    },
  });
}

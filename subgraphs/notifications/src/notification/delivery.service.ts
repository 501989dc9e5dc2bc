import { type EventAccess, loadEventAccess } from '@eventxperts/event-access';
import type { DomainStore } from '@eventxperts/subgraph';
import type { Logger } from 'pino';
import type { Notification, Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { type Mail, type MailPort, MailRefused } from '../mail/mail.port.ts';
import { claimDue, maxAttempts, retryAt, takeExhausted } from './delivery-queue.service.ts';
import { endDelivery } from './notification.event.ts';

type Store = Pick<DomainStore<Prisma.TransactionClient, PrismaClient>, 'prisma' | 'transaction'>;

interface DeliveryOptions {
  readonly store: Store;
  readonly mail: MailPort;
  /** Writes the mail of a notification: opens its secret. */
  readonly compose: (notification: Notification, event: EventAccess) => Promise<Mail>;
  readonly log: Logger;
}

export interface DeliveryService {
  /** Something new may be due. Returns at once. */
  wake(): void;
  /** Delivers what is due until nothing is. Calls during a run join it. */
  deliverDue(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Delivers each due notification: the attempt is counted and committed, then the mail goes out, then
 * its end is recorded with its event. A crash in between tries again, with the same mail id.
 */
export function createDelivery({ store, mail, compose, log }: DeliveryOptions): DeliveryService {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function drain(): Promise<void> {
    while (again && !stopped) {
      again = false;
      for (const lost of await takeExhausted(store.prisma)) {
        await fail(lost, 'The last attempt was cut short.');
      }
      const due = await claimDue(store.prisma);
      if (due.length === 0) continue;
      again = true;
      const events = await loadEventAccess(
        store.prisma,
        due.map(({ eventId }) => eventId),
      );
      await Promise.all(due.map((one) => attempt(one, events.get(one.eventId))));
    }
  }

  async function attempt(notification: Notification, event: EventAccess | undefined) {
    // Claimed only with its event; one that was taken away since comes again when it is back.
    if (!event) return;
    try {
      await mail.send(await compose(notification, event));
    } catch (error) {
      return handleFault(notification, error);
    }
    await store.transaction((tx) => endDelivery(tx, notification, { status: 'SENT' }));
  }

  async function handleFault(notification: Notification, error: unknown): Promise<void> {
    log.warn({ err: error, notification: notification.id }, 'mail was not delivered');
    if (error instanceof MailRefused) return fail(notification, error.message);
    if (notification.attempts >= maxAttempts) {
      return fail(notification, 'It could not be delivered in 8 attempts.');
    }
    await store.prisma.notification.updateMany({
      where: { id: notification.id, status: 'PENDING', attempts: notification.attempts },
      data: { dueAt: retryAt(notification.attempts), failure: 'It could not be delivered yet.' },
    });
  }

  const fail = (notification: Notification, failure: string) =>
    store.transaction((tx) => endDelivery(tx, notification, { status: 'FAILED', failure }));

  const deliverDue = (): Promise<void> => {
    again = true;
    running ??= drain().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    deliverDue,
    wake() {
      if (stopped) return;
      deliverDue().catch((error: unknown) => log.warn({ err: error }, 'delivery was cut short'));
    },
    async stop() {
      stopped = true;
      await running?.catch(() => undefined);
      mail.stop();
    },
  };
}

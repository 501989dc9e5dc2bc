import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { eventAccessHandlers } from '@eventxperts/event-access';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import type { NotificationsContext } from './context.ts';
import { environment, type NotificationsConfig } from './environment.ts';
import { onInviteCreated } from './events/on-invite-created.ts';
import { onInviteRevoked } from './events/on-invite-revoked.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';
import { deliverDueJob } from './jobs/deliver-due.job.ts';
import { createOutboxFolder } from './mail/folder.adapter.ts';
import type { MailPort } from './mail/mail.port.ts';
import { createSmtp } from './mail/smtp.adapter.ts';
import { DeliveriesResolver } from './notification/deliveries.resolver.ts';
import { createDelivery } from './notification/delivery.service.ts';
import { createInvitationMail } from './notification/invitation-mail.service.ts';
import {
  createDeliveryLoader,
  createNotificationLoader,
} from './notification/notification.loader.ts';
import { allDeliveriesAgain } from './notification/notification.republish.ts';
import { NotificationResolver } from './notification/notification.resolver.ts';
import { Invitation } from './references.ts';
import { outboxRoute } from './routes/outbox.route.ts';

export const notifications = defineSubgraph({
  name: 'notifications',
  environment,
  resolvers: [NotificationResolver, DeliveriesResolver],
  orphanedTypes: [Invitation],
  references: {
    Notification: ({ id }, { notifications }: NotificationsContext) =>
      notifications.load(String(id)),
    Invitation: ({ id }) => ({ id }),
  },

  create(platform) {
    const { config, log } = platform;
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: platform.databaseUrl, poolSize: platform.poolSize }),
    });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'notifications',
      platform,
      prisma,
      handlers: [
        ...userStatusHandlers(),
        ...eventAccessHandlers(),
        onInviteCreated,
        onInviteRevoked,
      ],
      republish: [allDeliveriesAgain],
      afterCommit: () => delivery.wake(),
    });
    const delivery = createDelivery({
      store,
      mail: mailPort(config),
      compose: createInvitationMail({
        privateKey: config.NOTIFICATIONS_PRIVATE_KEY,
        linkTemplate: config.INVITATION_LINK,
      }),
      log,
    });
    const folder = outboxFolder(config);

    return {
      ...store,
      jobs: [deliverDueJob(delivery)],
      routes: folder === undefined ? [] : [outboxRoute(folder)],
      context: ({ caller }): NotificationsContext => ({
        caller,
        notifications: createNotificationLoader(prisma, caller),
        deliveries: createDeliveryLoader(prisma, caller),
      }),
      async stop() {
        await delivery.stop();
        await store.stop();
      },
    };
  },
});

/** A real mail server wins over the folder. */
const outboxFolder = ({ SMTP_URL, MAIL_OUTBOX_DIR }: NotificationsConfig): string | undefined =>
  SMTP_URL === undefined ? MAIL_OUTBOX_DIR : undefined;

function mailPort({ SMTP_URL, MAIL_OUTBOX_DIR, MAIL_FROM: from }: NotificationsConfig): MailPort {
  if (SMTP_URL !== undefined) return createSmtp({ url: SMTP_URL, from });
  if (MAIL_OUTBOX_DIR !== undefined) return createOutboxFolder({ folder: MAIL_OUTBOX_DIR, from });
  throw new Error('Neither SMTP_URL nor MAIL_OUTBOX_DIR is set.');
}

import { loadEventAccess, may } from '@eventxperts/event-access';
import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { Notification, Prisma, PrismaClient } from '../generated/prisma/client.ts';

/** Notifications by id for one request; null where there is none or the caller may not see it. */
export const createNotificationLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, Notification | null>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const visible = await loadVisible(prisma, caller, { id: { in: known(ids) } });
    const byId = new Map(visible.map((notification) => [notification.id, notification]));
    return ids.map((id) => byId.get(id ?? '') ?? null);
  });

export type NotificationLoader = ReturnType<typeof createNotificationLoader>;

/** The messages that carried an invitation, oldest first; none to whom they are no business. */
export const createDeliveryLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, Notification[]>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const visible = await loadVisible(prisma, caller, {
      kind: 'INVITATION',
      subjectId: { in: known(ids) },
    });
    return ids.map((id) => visible.filter(({ subjectId }) => subjectId === id));
  });

export type DeliveryLoader = ReturnType<typeof createDeliveryLoader>;

/** Those who run an event see what was sent for it. */
async function loadVisible(
  prisma: PrismaClient,
  caller: Caller,
  where: Prisma.NotificationWhereInput,
): Promise<Notification[]> {
  if (caller.kind !== 'user') return [];
  const notifications = await prisma.notification.findMany({ where, orderBy: { id: 'asc' } });
  const events = await loadEventAccess(
    prisma,
    notifications.map(({ eventId }) => eventId),
  );
  return notifications.filter(({ eventId }) => {
    const event = events.get(eventId);
    return event !== undefined && may(caller, event, 'manage');
  });
}

const known = (ids: readonly (string | undefined)[]): string[] =>
  ids.filter((id) => id !== undefined);

import { appendEvent, type EventData } from '@eventxperts/messaging';
import type { Prisma, User } from '../generated/prisma/client.ts';

type UserEvent =
  | 'user.created'
  | 'user.updated'
  | 'user.role-changed'
  | 'user.suspended'
  | 'user.deleted';

/** A user as other domains know it: everything but how the person signs in. */
const stateOf = (user: User): EventData[UserEvent] => ({
  id: user.id,
  email: user.email,
  displayName: user.displayName,
  roles: user.roles,
  status: user.status,
  locale: user.locale,
  createdAt: user.createdAt.toISOString(),
  ...(user.sessionsValidAfter ? { sessionsValidAfter: user.sessionsValidAfter.toISOString() } : {}),
});

/** Tells the other domains of a user as it is after the change, in the transaction of the change. */
export const appendUserEvent = (
  tx: Prisma.TransactionClient,
  type: UserEvent,
  user: User,
): Promise<void> =>
  appendEvent(tx, {
    type,
    key: user.id,
    version: user.version,
    data: stateOf(user),
    source: 'users',
  });

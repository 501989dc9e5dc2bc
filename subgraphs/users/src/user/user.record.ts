import { appendEvent, type EventData, type RepublishSource } from '@eventxperts/messaging';
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

const eventOf = (type: UserEvent, user: User) => ({
  type,
  key: user.id,
  version: user.version,
  data: stateOf(user),
  source: 'users',
});

/** Tells the other domains of a user as it is after the change, in the transaction of the change. */
export const appendUserEvent = (
  tx: Prisma.TransactionClient,
  type: UserEvent,
  user: User,
): Promise<void> => appendEvent(tx, eventOf(type, user));

const beforeEveryId = '00000000-0000-0000-0000-000000000000';

/** Tells of every user again, each under its next version. */
export const allUsersAgain: RepublishSource<Prisma.TransactionClient> = {
  async page(tx, after = beforeEveryId, limit) {
    const locked = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM users WHERE id > ${after}::uuid ORDER BY id LIMIT ${limit} FOR UPDATE`;
    const users = await tx.user.updateManyAndReturn({
      where: { id: { in: locked.map(({ id }) => id) } },
      data: { version: { increment: 1 } },
    });
    return users
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map((user) => eventOf('user.updated', user));
  },
};

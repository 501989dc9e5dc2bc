import { appendEvent, type EventData } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';
import { type EventWithStaff, venueOf } from './event.rules.ts';

type StateType = 'event.created' | 'event.updated' | 'event.published' | 'event.cancelled';

/**
 * Publishes what happened to an event and, with it, what every other domain must know to guard it.
 */
export async function recordEvent(
  tx: Prisma.TransactionClient,
  id: string,
  type: StateType,
): Promise<EventWithStaff> {
  const stated = await nextVersion(tx, id);
  await appendEvent(tx, {
    source: 'events',
    type,
    key: id,
    version: stated.version,
    data: stateOf(stated),
  });
  const guarded = await nextVersion(tx, id);
  await appendEvent(tx, {
    source: 'events',
    type: 'event.access-changed',
    key: id,
    version: guarded.version,
    data: accessOf(guarded),
  });
  return guarded;
}

/** Bumping the version locks the row, so that versions are gapless in commit order. */
export const nextVersion = (tx: Prisma.TransactionClient, id: string): Promise<EventWithStaff> =>
  tx.event.update({
    where: { id },
    data: { version: { increment: 1 } },
    include: { staff: { orderBy: { userId: 'asc' } } },
  });

export function stateOf(event: EventWithStaff): EventData[StateType] {
  return {
    id: event.id,
    organizerId: event.organizerId,
    parentId: event.parentId,
    title: event.title,
    description: event.description,
    status: event.status,
    visibility: event.visibility,
    admission: event.admission,
    capacity: event.capacity,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    timeZone: event.timeZone,
    venue: venueOf(event),
    createdAt: event.createdAt.toISOString(),
    updatedAt: event.updatedAt.toISOString(),
  };
}

export function accessOf(event: EventWithStaff): EventData['event.access-changed'] {
  return {
    id: event.id,
    organizerId: event.organizerId,
    staff: event.staff.map(({ userId, role }) => ({ userId, role })),
    status: event.status,
    visibility: event.visibility,
    admission: event.admission,
    capacity: event.capacity,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    timeZone: event.timeZone,
    title: event.title,
  };
}

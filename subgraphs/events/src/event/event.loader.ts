import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { type EventWithStaff, isVisible } from './event.rules.ts';

/** Events by id for one request; null where there is none or the caller may not know of it. */
export const createEventLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, EventWithStaff | null>(async (keys) => {
    // Ids come from other subgraphs, too: one malformed would fail the query for all the others.
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const events = await prisma.event.findMany({
      where: { id: { in: ids.filter((id) => id !== undefined) } },
      include: { staff: true },
    });
    const byId = new Map(events.map((event) => [event.id, event]));
    return ids.map((id) => {
      const event = byId.get(id ?? '');
      return event && isVisible(event, caller) ? event : null;
    });
  });

export type EventLoader = ReturnType<typeof createEventLoader>;

/** The sessions of several events in one query, by start; those not visible are left out. */
export const createSessionsLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, EventWithStaff[]>(async (parentIds) => {
    const sessions = await prisma.event.findMany({
      where: { parentId: { in: [...parentIds] } },
      include: { staff: true },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    });
    const visible = sessions.filter((session) => isVisible(session, caller));
    return parentIds.map((id) => visible.filter(({ parentId }) => parentId === id));
  });

import { loadEventAccess, may } from '@eventxperts/event-access';
import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Dashboard } from './dashboard.type.ts';

const nothingYet: Dashboard = {
  invited: 0,
  pending: 0,
  yes: 0,
  no: 0,
  maybe: 0,
  headcount: 0,
  updatedAt: null,
};

/** Dashboards by event for one request; null where the caller does not run the event. */
export const createDashboardLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, Dashboard | null>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const dashboards = await loadVisible(
      prisma,
      caller,
      ids.filter((id) => id !== undefined),
    );
    return ids.map((id) => dashboards.get(id ?? '') ?? null);
  });

export type DashboardLoader = ReturnType<typeof createDashboardLoader>;

async function loadVisible(
  prisma: PrismaClient,
  caller: Caller,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Dashboard>> {
  const events = [...(await loadEventAccess(prisma, ids)).values()];
  const managed = events.filter((event) => may(caller, event, 'manage'));
  if (managed.length === 0) return new Map();
  const counted = await prisma.eventDashboard.findMany({
    where: { eventId: { in: managed.map(({ eventId }) => eventId) } },
  });
  const figures = new Map(
    counted.map(({ eventId, ...row }) => [
      eventId,
      { ...row, pending: row.invited - row.yes - row.no - row.maybe },
    ]),
  );
  return new Map(managed.map(({ eventId }) => [eventId, figures.get(eventId) ?? nothingYet]));
}

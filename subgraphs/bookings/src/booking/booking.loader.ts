import { loadEventAccess } from '@eventxperts/event-access';
import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { Booking, PrismaClient } from '../generated/prisma/client.ts';
import { isVisible } from './booking.rules.ts';

/** Bookings by id for one request; null where there is none or the caller may not know of it. */
export const createBookingLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, Booking | null>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const bookings = await loadVisible(
      prisma,
      caller,
      ids.filter((id) => id !== undefined),
    );
    const byId = new Map(bookings.map((booking) => [booking.id, booking]));
    return ids.map((id) => byId.get(id ?? '') ?? null);
  });

export type BookingLoader = ReturnType<typeof createBookingLoader>;

async function loadVisible(
  prisma: PrismaClient,
  caller: Caller,
  ids: string[],
): Promise<Booking[]> {
  const bookings = await prisma.booking.findMany({ where: { id: { in: ids } } });
  const events = await loadEventAccess(
    prisma,
    bookings.map(({ eventId }) => eventId),
  );
  return bookings.filter((booking) => isVisible(booking, events.get(booking.eventId), caller));
}

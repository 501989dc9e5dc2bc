import { defineHandler } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';

/**
 * Opens the gallery of an event that is new here. The guard is told of every event, and told again by
 * `republish`, so no event is left without one; the first one stays.
 */
export const onEventAccessChanged = defineHandler<'event.access-changed', Prisma.TransactionClient>(
  'event.access-changed',
  async (tx, events) => {
    await tx.gallery.createMany({
      data: events.map(({ subject }) => ({ eventId: subject })),
      skipDuplicates: true,
    });
  },
);

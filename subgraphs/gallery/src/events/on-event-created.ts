import { defineHandler } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';

/** Opens the gallery of a new event; told twice, the first one stays. */
export const onEventCreated = defineHandler<'event.created', Prisma.TransactionClient>(
  'event.created',
  async (tx, events) => {
    await tx.gallery.createMany({
      data: events.map(({ subject }) => ({ eventId: subject })),
      skipDuplicates: true,
    });
  },
);

import DataLoader from 'dataloader';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { RsvpSummary } from './summary.type.ts';

/** Summaries by event; an event that nobody was invited to has one of zeros. */
export const createSummaryLoader = (prisma: PrismaClient) =>
  new DataLoader<string, RsvpSummary>(async (eventIds) => {
    const rows = await prisma.rsvpSummary.findMany({ where: { eventId: { in: [...eventIds] } } });
    const byEvent = new Map(rows.map((row) => [row.eventId, row]));
    return eventIds.map((eventId) => {
      const { invited = 0, yes = 0, no = 0, maybe = 0, headcount = 0 } = byEvent.get(eventId) ?? {};
      return { invited, pending: invited - yes - no - maybe, yes, no, maybe, headcount };
    });
  });

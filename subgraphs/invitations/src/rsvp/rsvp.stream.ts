import { requireEvent } from '@eventxperts/event-access';
import type { Caller } from '@eventxperts/identity';
import type { Live } from '@eventxperts/live';
import type { PrismaClient } from '../generated/prisma/client.ts';

/** The live log that answers to one event are written to. */
export const rsvpStream = (eventId: string): string => `event:${eventId}:rsvp`;

/** Answers to an event as they are given, for those who manage it. */
export function createRsvpSubscriber(prisma: PrismaClient, live: Live) {
  return async (caller: Caller, eventId: string) => {
    await requireEvent(prisma, caller, eventId, 'manage');
    return live.subscribe(rsvpStream(eventId));
  };
}

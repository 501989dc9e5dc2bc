import type { DomainEvent } from '@eventxperts/messaging';
import type { Rsvp } from '../generated/prisma/client.ts';

/** An answer as an event of its invitation, at the invitation's version. */
export const rsvpEvent = (rsvp: Rsvp, version: bigint): DomainEvent<'rsvp.changed'> => ({
  source: 'invitations',
  type: 'rsvp.changed',
  key: rsvp.invitationId,
  version,
  data: {
    id: rsvp.invitationId,
    eventId: rsvp.eventId,
    response: rsvp.response,
    headcount: rsvp.headcount,
    updatedAt: rsvp.updatedAt.toISOString(),
  },
});

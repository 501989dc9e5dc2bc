import { may, type StaffRole } from '@eventxperts/event-access';
import type { Caller } from '@eventxperts/identity';
import type { Event as EventRow } from '../generated/prisma/client.ts';

export interface EventWithStaff extends EventRow {
  readonly staff: readonly { readonly userId: string; readonly role: StaffRole }[];
}

/** Whether the caller may know of this event. Every way to an event asks here. */
export function isVisible(event: EventWithStaff, caller: Caller): boolean {
  if (isStaff(event, caller)) return true;
  if (event.status === 'DRAFT') return false;
  if (event.visibility !== 'PRIVATE') return true;
  return caller.kind === 'guest' && [event.id, event.parentId].includes(caller.eventId);
}

const isStaff = (event: EventWithStaff, caller: Caller): boolean =>
  may(caller, event, 'manage') || may(caller, event, 'check-in') || may(caller, event, 'moderate');

type VenueColumns = Pick<
  EventRow,
  'venueName' | 'venueAddress' | 'venueCity' | 'venueLatitude' | 'venueLongitude'
>;

/** Where it takes place, out of the row's columns; null where no venue was named. */
export const venueOf = (event: VenueColumns) =>
  event.venueName === null
    ? null
    : {
        name: event.venueName,
        address: event.venueAddress,
        city: event.venueCity,
        latitude: event.venueLatitude,
        longitude: event.venueLongitude,
      };

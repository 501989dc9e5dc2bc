import { type EventAccess, may } from '@eventxperts/event-access';
import type { Caller } from '@eventxperts/identity';
import type { Booking } from '../generated/prisma/client.ts';

/** Its booker sees a booking, and whoever lets people in at its event. */
export function isVisible(
  booking: Pick<Booking, 'bookerId'>,
  event: EventAccess | undefined,
  caller: Caller,
): boolean {
  if (caller.kind === 'user' && caller.id === booking.bookerId) return true;
  return event !== undefined && may(caller, event, 'check-in');
}

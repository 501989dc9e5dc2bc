import { type EventAccess, may } from '@eventxperts/event-access';
import type { Caller } from '@eventxperts/identity';

/** Whoever may know of the event sees its gallery: its staff, its guests, and all where it is not private. */
export function isVisible(event: EventAccess | undefined, caller: Caller): boolean {
  if (event === undefined) return false;
  if (may(caller, event, 'moderate') || may(caller, event, 'check-in')) return true;
  if (event.status === 'DRAFT') return false;
  if (event.visibility !== 'PRIVATE') return true;
  return caller.kind === 'guest' && caller.eventId === event.eventId;
}

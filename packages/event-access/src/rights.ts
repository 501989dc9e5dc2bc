import type { Caller } from '@eventxperts/identity';
import type { EventAccess, StaffRole } from './event-access.ts';

/** What somebody may do with an event. */
export type Right = 'manage' | 'check-in' | 'moderate';

const grantedBy: Record<Right, readonly StaffRole[]> = {
  manage: ['CO_HOST'],
  'check-in': ['CO_HOST', 'CHECK_IN'],
  moderate: ['CO_HOST', 'MODERATOR'],
};

/** The organizer and super admins may do everything; staff what their role grants. */
export function may(
  caller: Caller,
  event: Pick<EventAccess, 'organizerId' | 'staff'>,
  right: Right,
): boolean {
  if (caller.kind !== 'user') return false;
  if (caller.id === event.organizerId || caller.roles.includes('SUPER_ADMIN')) return true;
  return event.staff.some(
    ({ userId, role }) => userId === caller.id && grantedBy[right].includes(role),
  );
}

export { awaitEventAccess } from './await-event-access.ts';
export { type EventAccess, loadEventAccess, type StaffRole } from './event-access.ts';
export { eventAccessHandlers } from './event-access-handlers.ts';
export { requireEvent } from './require-event.ts';
export { may, type Right } from './rights.ts';

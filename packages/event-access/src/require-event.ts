import type { SqlTransaction } from '@eventxperts/database';
import { CodedError, notFound } from '@eventxperts/errors';
import type { Caller } from '@eventxperts/identity';
import { awaitEventAccess, isFresh } from './await-event-access.ts';
import type { EventAccess } from './event-access.ts';
import { may, type Right } from './rights.ts';

/**
 * The event a command names, if the caller has the right on it. One that was created moments ago and
 * does not arrive in time is NOT_READY. One that the caller may not touch is NOT_FOUND where it is
 * not public, so that nobody learns of it by asking.
 */
export async function requireEvent(
  db: Pick<SqlTransaction, '$queryRawUnsafe'>,
  caller: Caller,
  eventId: string,
  right: Right,
): Promise<EventAccess> {
  const event = (await awaitEventAccess(db, [eventId])).get(eventId);
  if (!event) throw isFresh(eventId) ? new CodedError('NOT_READY') : notFound('Event');
  if (may(caller, event, right)) return event;
  const isPublic = event.status !== 'DRAFT' && event.visibility === 'PUBLIC';
  throw isPublic ? new CodedError('FORBIDDEN') : notFound('Event');
}

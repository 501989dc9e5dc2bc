import { setTimeout as wait } from 'node:timers/promises';
import type { SqlTransaction } from '@eventxperts/database';
import { CodedError, notFound } from '@eventxperts/errors';
import type { Caller } from '@eventxperts/identity';
import { type EventAccess, loadEventAccess } from './event-access.ts';
import { may, type Right } from './rights.ts';

const freshMs = 60_000;
const patienceMs = 2_000;
const pollMs = 20;

/**
 * The event a command names, if the caller has the right on it. An event created seconds ago may not
 * have reached this domain yet: it is waited for, then NOT_READY. An event that the caller may not
 * touch is NOT_FOUND where it is not public, so that nobody learns of it by asking.
 */
export async function requireEvent(
  db: Pick<SqlTransaction, '$queryRawUnsafe'>,
  caller: Caller,
  eventId: string,
  right: Right,
): Promise<EventAccess> {
  const event = await findOrAwait(db, eventId);
  if (may(caller, event, right)) return event;
  const isPublic = event.status !== 'DRAFT' && event.visibility === 'PUBLIC';
  throw isPublic ? new CodedError('FORBIDDEN') : notFound('Event');
}

async function findOrAwait(
  db: Pick<SqlTransaction, '$queryRawUnsafe'>,
  eventId: string,
): Promise<EventAccess> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const event = (await loadEventAccess(db, [eventId])).get(eventId);
    if (event) return event;
    if (!isFresh(eventId)) throw notFound('Event');
    if (Date.now() >= deadline) throw new CodedError('NOT_READY');
    await wait(pollMs);
  }
}

/** A UUIDv7 begins with its creation time in milliseconds. Ids of other versions are never fresh. */
function isFresh(id: string): boolean {
  const hex = id.replaceAll('-', '');
  if (hex[12] !== '7') return false;
  const age = Date.now() - Number.parseInt(hex.slice(0, 12), 16);
  return Math.abs(age) < freshMs;
}

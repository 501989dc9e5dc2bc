import { setTimeout as wait } from 'node:timers/promises';
import type { SqlTransaction } from '@eventxperts/database';
import { type EventAccess, loadEventAccess } from './event-access.ts';

const freshMs = 60_000;
const patienceMs = 2_000;
const pollMs = 20;

/**
 * As `loadEventAccess`, but gives events made within the last minute two seconds to arrive here, so
 * that what follows `createEvent` at once is no race. Older unknown ids are not waited for.
 */
export async function awaitEventAccess(
  db: Pick<SqlTransaction, '$queryRawUnsafe'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EventAccess>> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const known = await loadEventAccess(db, ids);
    const arriving = ids.some((id) => !known.has(id) && isFresh(id));
    if (!arriving || Date.now() >= deadline) return known;
    await wait(pollMs);
  }
}

/** A UUIDv7 begins with its creation time in milliseconds. Ids of other versions are never fresh. */
export function isFresh(id: string): boolean {
  const hex = id.replaceAll('-', '');
  if (hex[12] !== '7') return false;
  const age = Date.now() - Number.parseInt(hex.slice(0, 12), 16);
  return Math.abs(age) < freshMs;
}

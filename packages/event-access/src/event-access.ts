import type { SqlTransaction } from '@eventxperts/database';

export type StaffRole = 'CO_HOST' | 'CHECK_IN' | 'MODERATOR';

/** What a domain knows of an event: `platform.event_access`. Capacity counts people; null is no limit. */
export interface EventAccess {
  readonly eventId: string;
  readonly organizerId: string;
  readonly staff: readonly { readonly userId: string; readonly role: StaffRole }[];
  readonly status: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
  readonly visibility: 'PUBLIC' | 'UNLISTED' | 'PRIVATE';
  readonly admission: 'INVITATION' | 'TICKETS' | 'OPEN';
  readonly capacity: number | null;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
}

const columns = `event_id as "eventId", organizer_id as "organizerId", staff, status, visibility,
  admission, capacity, title, starts_at as "startsAt", ends_at as "endsAt", time_zone as "timeZone"`;

/** What else comes as an id cannot exist; PostgreSQL would refuse the whole query for it. */
const isUuid = (id: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id);

/** One query for any number of events; those not known here are missing from the map. */
export async function loadEventAccess(
  db: Pick<SqlTransaction, '$queryRawUnsafe'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EventAccess>> {
  const rows = await db.$queryRawUnsafe<EventAccess[]>(
    `select ${columns} from platform.event_access where event_id = any($1::uuid[])`,
    [ids.filter(isUuid)],
  );
  return new Map(rows.map((row) => [row.eventId, row]));
}

import type { EventAccess } from '@eventxperts/event-access';

interface Database {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

/** Puts an event where the domain keeps what it knows of events: a published private one unless told. */
export async function knowEvent(
  database: Database,
  event: Pick<EventAccess, 'eventId' | 'organizerId'> & Partial<EventAccess>,
): Promise<void> {
  const known = {
    staff: [],
    status: 'PUBLISHED',
    visibility: 'PRIVATE',
    admission: 'INVITATION',
    capacity: null,
    title: 'A wedding',
    startsAt: new Date('2027-02-14T13:00:00Z'),
    endsAt: new Date('2027-02-14T18:00:00Z'),
    timeZone: 'Asia/Kolkata',
    ...event,
  };
  await database.query(
    `insert into platform.event_access (event_id, organizer_id, staff, status, visibility, admission,
       capacity, title, starts_at, ends_at, time_zone, sequence)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
    [
      known.eventId,
      known.organizerId,
      JSON.stringify(known.staff),
      known.status,
      known.visibility,
      known.admission,
      known.capacity,
      known.title,
      known.startsAt,
      known.endsAt,
      known.timeZone,
    ],
  );
}

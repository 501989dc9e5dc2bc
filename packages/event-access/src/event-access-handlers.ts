import { defineHandler, type EventHandler } from '@eventxperts/messaging';

/** Keeps `platform.event_access`. An older event never overwrites a newer one, whatever the order. */
export const eventAccessHandlers = (): EventHandler[] => [
  defineHandler('event.access-changed', async (tx, events) => {
    for (const { data, sequence } of events) {
      await tx.$executeRawUnsafe(
        `insert into platform.event_access as known
           (event_id, organizer_id, staff, status, visibility, admission, capacity, title,
            starts_at, ends_at, time_zone, sequence)
         values ($1::uuid, $2::uuid, $3::jsonb, $4, $5, $6, $7, $8,
                 $9::timestamptz, $10::timestamptz, $11, $12)
         on conflict (event_id) do update set
           organizer_id = excluded.organizer_id, staff = excluded.staff,
           status = excluded.status, visibility = excluded.visibility,
           admission = excluded.admission, capacity = excluded.capacity,
           title = excluded.title, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
           time_zone = excluded.time_zone, sequence = excluded.sequence
         where known.sequence < excluded.sequence`,
        data.id,
        data.organizerId,
        JSON.stringify(data.staff),
        data.status,
        data.visibility,
        data.admission,
        data.capacity,
        data.title,
        data.startsAt,
        data.endsAt,
        data.timeZone,
        sequence,
      );
    }
  }),
];

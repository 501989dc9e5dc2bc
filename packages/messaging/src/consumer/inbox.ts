import type { SqlTransaction } from '@eventxperts/database';
import { longestRetentionDays } from '../contract/topic.ts';

const dayLength = 86_400_000;
/** An event older than this is not in the inbox any more, so nobody knows whether it was applied. */
const memoryDays = longestRetentionDays + 30;

/** The day in the UUIDv7 of an event, as `2026-11-20`. */
export function dayOf(eventId: string): string {
  const milliseconds = Number.parseInt(eventId.slice(0, 8) + eventId.slice(9, 13), 16);
  return new Date(milliseconds).toISOString().slice(0, 10);
}

const daysFromNow = (days: number): string =>
  new Date(Date.now() + days * dayLength).toISOString().slice(0, 10);

/** Whether the inbox keeps that day: not forgotten, and not further ahead than clocks differ. */
export const isRemembered = (day: string): boolean =>
  day > daysFromNow(-memoryDays) && day <= daysFromNow(1);

/** Records the events as handled and returns the ids that were not before. */
export async function recordInInbox(
  tx: SqlTransaction,
  consumer: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.$queryRawUnsafe<{ event_id: string }[]>(
    `insert into platform.inbox (day, consumer, event_id)
     select day, $1, event_id
     from jsonb_to_recordset($2::jsonb) as e(day date, event_id uuid)
     order by day, event_id
     on conflict do nothing
     returning event_id::text`,
    consumer,
    JSON.stringify(eventIds.map((event_id) => ({ day: dayOf(event_id), event_id }))),
  );
  return new Set(rows.map(({ event_id }) => event_id));
}

const partitionName = (day: string): string => `inbox_${day.replaceAll('-', '')}`;

/** Makes the partition of a day. Several processes may do so at once. */
export async function makeDay(tx: SqlTransaction, day: string): Promise<void> {
  await tx.$executeRawUnsafe(`set local lock_timeout = '5s'`);
  await tx.$queryRawUnsafe(
    `select 1 from (select pg_advisory_xact_lock(hashtextextended('platform.inbox', 0))) locked`,
  );
  await tx.$executeRawUnsafe(
    `create table if not exists platform.${partitionName(day)} partition of platform.inbox
     for values from ('${day}') to ('${nextDay(day)}')`,
  );
}

const nextDay = (day: string): string =>
  new Date(Date.parse(day) + dayLength).toISOString().slice(0, 10);

/** Drops the partitions of days whose events are parked instead of applied. */
export async function dropForgottenDays(tx: SqlTransaction): Promise<void> {
  const rows = await tx.$queryRawUnsafe<{ name: string }[]>(
    `select c.relname::text as name
     from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'platform.inbox'::regclass`,
  );
  // One day of grace: a consumer that still took the day for remembered must find its partition.
  const oldest = partitionName(daysFromNow(-memoryDays - 1));
  const forgotten = rows.map(({ name }) => name).filter((name) => name < oldest);
  await tx.$executeRawUnsafe(`set local lock_timeout = '5s'`);
  for (const name of forgotten) await tx.$executeRawUnsafe(`drop table platform.${name}`);
}

import type { SqlTransaction } from '@eventxperts/database';

/** What waits in the domain's database. */
export interface Backlog {
  /** Events not published yet, counted up to 100,000. */
  readonly outboxDepth: number;
  /** Age of the oldest of them, in seconds; 0 when there is none. */
  readonly outboxOldestSeconds: number;
  /** Messages parked now. */
  readonly parkedNow: number;
}

/** The backlog, and counts since the process started. */
export interface MessagingMetrics extends Backlog {
  readonly published: number;
  readonly applied: number;
  readonly parked: number;
}

export async function readBacklog(tx: SqlTransaction, consumer: string): Promise<Backlog> {
  const [row] = await tx.$queryRawUnsafe<Backlog[]>(
    `select
       (select count(*)::int from (select from platform.outbox limit 100000) counted) as "outboxDepth",
       coalesce((select extract(epoch from clock_timestamp() - added_at)::float8
                 from platform.outbox order by seq limit 1), 0) as "outboxOldestSeconds",
       (select count(*)::int from platform.parked where consumer = $1) as "parkedNow"`,
    consumer,
  );
  if (!row) throw new Error('The backlog query gave no row.');
  return row;
}

import type { SqlTransaction } from '@eventxperts/database';

/**
 * Writes one live update in the mutation's own transaction. It locks the stream's row until the
 * commit: take it after every other row lock, just before the outbox.
 */
export async function appendLive(
  tx: SqlTransaction,
  stream: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.$executeRawUnsafe(
    `with head as (
       insert into platform.live_stream as s (stream, seq) values ($1, 1)
       on conflict (stream) do update set seq = s.seq + 1
       returning seq
     )
     insert into platform.live (stream, seq, payload) select $1, seq, $2::jsonb from head`,
    stream,
    JSON.stringify(payload),
  );
}

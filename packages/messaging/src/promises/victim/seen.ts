import type { SqlTransaction } from '@eventxperts/database';
import type { Envelope } from '../../envelope.ts';

/** A projection that keeps count: an event applied twice, skipped or out of turn stays visible. */
export const seenTable = `
  create table seen (
    id            uuid primary key,
    version       bigint not null,
    value         text not null,
    applied_count integer not null,
    out_of_turn   integer not null
  )`;

const apply = `
  insert into seen as s (id, version, value, applied_count, out_of_turn)
  values ($1::uuid, $2::bigint, $3, 1, ($2::bigint <> 1)::int)
  on conflict (id) do update set
    version = greatest(s.version, excluded.version),
    value = case when excluded.version > s.version then excluded.value else s.value end,
    applied_count = s.applied_count + 1,
    out_of_turn = s.out_of_turn + (excluded.version <> s.version + 1)::int`;

export async function seeThings(
  tx: SqlTransaction,
  envelopes: readonly Envelope<'user.updated'>[],
): Promise<void> {
  for (const { subject, sequence, data } of envelopes) {
    await tx.$executeRawUnsafe(apply, subject, String(sequence), data.displayName);
  }
}

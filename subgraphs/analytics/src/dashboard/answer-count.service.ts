import type { SqlTransaction } from '@eventxperts/database';

/** One invitation's answer as an event told it. At most one of each invitation goes into a call. */
export interface ToldAnswer {
  readonly invitation_id: string;
  readonly event_id: string;
  readonly answer: 'PENDING' | 'YES' | 'NO' | 'MAYBE' | 'REVOKED';
  readonly headcount: number;
  readonly sequence: number;
}

/** Opens and locks the events' sums, in one order, so that two batches cannot wait for each other. */
const lockSums = `
  insert into event_dashboard as known (event_id, invited, yes, no, maybe, headcount)
  select event_id, 0, 0, 0, 0, 0 from unnest($1::uuid[]) as told (event_id) order by event_id
  on conflict (event_id) do update set event_id = excluded.event_id`;

/** Takes the answers that these replace out of the sums and puts these in. */
const count = `
  with told as (
    select * from jsonb_to_recordset($1::jsonb)
      as t (invitation_id uuid, event_id uuid, answer "Answer", headcount int, sequence bigint)
  ), before as (
    select known.* from invitation_answer known join told using (invitation_id)
  ), applied as (
    insert into invitation_answer as known (invitation_id, event_id, answer, headcount, sequence)
    select invitation_id, event_id, answer, headcount, sequence from told
    on conflict (invitation_id) do update set
      answer = excluded.answer, headcount = excluded.headcount, sequence = excluded.sequence
    where known.sequence < excluded.sequence
    returning *
  ), step as (
    select event_id, answer, headcount, 1 as sign from applied
    union all
    select b.event_id, b.answer, b.headcount, -1 from before b join applied using (invitation_id)
  ), change as (
    select event_id,
      coalesce(sum(sign) filter (where answer <> 'REVOKED'), 0) as invited,
      coalesce(sum(sign) filter (where answer = 'YES'), 0) as yes,
      coalesce(sum(sign) filter (where answer = 'NO'), 0) as no,
      coalesce(sum(sign) filter (where answer = 'MAYBE'), 0) as maybe,
      coalesce(sum(sign * headcount) filter (where answer = 'YES'), 0) as headcount
    from step group by event_id
  )
  update event_dashboard known set
    invited = known.invited + change.invited,
    yes = known.yes + change.yes,
    no = known.no + change.no,
    maybe = known.maybe + change.maybe,
    headcount = known.headcount + change.headcount,
    updated_at = now()
  from change where known.event_id = change.event_id`;

export async function countAnswers(
  tx: SqlTransaction,
  answers: readonly ToldAnswer[],
): Promise<void> {
  await tx.$executeRawUnsafe(lockSums, [...new Set(answers.map(({ event_id }) => event_id))]);
  await tx.$executeRawUnsafe(count, JSON.stringify(answers));
}

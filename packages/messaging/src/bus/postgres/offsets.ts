import type { Pool } from 'pg';
import type { DeliveredRecord } from '../event-bus.ts';

/** Gives a new group its first offsets; an existing group keeps its own. */
export async function ensureOffsets(
  pool: Pool,
  group: string,
  topics: readonly string[],
  fromBeginning: boolean,
): Promise<void> {
  await pool.query(
    `insert into bus_offset (group_name, topic, partition, next)
     select $1, topic, partition, case when $3 then 0 else next end
     from bus_partition where topic = any($2)
     on conflict do nothing`,
    [group, topics, fromBeginning],
  );
}

/** Groups that have records to read. */
export async function laggingGroups(pool: Pool, groups: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ group_name: string }>(
    `select distinct o.group_name
     from bus_offset o join bus_partition p on p.topic = o.topic and p.partition = o.partition
     where o.group_name = any($1) and p.next > o.next`,
    [groups],
  );
  return new Set(rows.map(({ group_name }) => group_name));
}

type LogRow = Omit<DeliveredRecord, 'offset'> & { readonly offset: string };

// Partitions are drawn by lot, so that none starves while others always have more than fits.
const nextRecords = `
  select l.topic, l.partition, l."offset", l.key, l.value
  from (
    select o.topic, o.partition, o.next
    from bus_offset o join bus_partition p on p.topic = o.topic and p.partition = o.partition
    where o.group_name = $1 and o.topic = any($2) and p.next > o.next
    order by random() limit 16
  ) behind
  cross join lateral (
    select * from bus_log b
    where b.topic = behind.topic and b.partition = behind.partition and b."offset" >= behind.next
    order by b."offset" limit 100
  ) l`;

/** The next records of the group, those of one partition in order. */
export async function readRecords(
  pool: Pool,
  group: string,
  topics: readonly string[],
): Promise<DeliveredRecord[]> {
  const { rows } = await pool.query<LogRow>(nextRecords, [group, topics]);
  return rows.map((row) => ({ ...row, offset: BigInt(row.offset) }));
}

/** A member that lost the group meanwhile cannot move it back. */
const advance = `
  update bus_offset o set next = greatest(o.next, done.next)
  from unnest($2::text[], $3::int[], $4::bigint[]) as done(topic, partition, next)
  where o.group_name = $1 and o.topic = done.topic and o.partition = done.partition`;

/** Marks the records as handled by the group. */
export async function commitRecords(
  pool: Pool,
  group: string,
  records: readonly DeliveredRecord[],
): Promise<void> {
  const last = new Map(records.map((record) => [`${record.topic} ${record.partition}`, record]));
  const done = [...last.values()];
  await pool.query(advance, [
    group,
    done.map(({ topic }) => topic),
    done.map(({ partition }) => partition),
    done.map(({ offset }) => offset + 1n),
  ]);
}

import type { Pool } from 'pg';
import type { TopicDefinition } from '../../contract/topic.ts';

const removeOld = `
  delete from bus_log l using jsonb_to_recordset($1::jsonb) as t(name text, "retentionDays" int)
  where l.topic = t.name and l.published_at < now() - make_interval(days => t."retentionDays")`;

/** A group that slept through the removal goes on with the oldest record there is. */
const skipRemoved = `
  update bus_offset o set next = oldest.next
  from (
    select p.topic, p.partition, coalesce(
      (select l."offset" from bus_log l
       where l.topic = p.topic and l.partition = p.partition order by l."offset" limit 1), p.next) as next
    from bus_partition p
  ) oldest
  where o.topic = oldest.topic and o.partition = oldest.partition and o.next < oldest.next`;

/** Removes the records that are older than their topic keeps them. */
export async function removeExpired(pool: Pool, topics: readonly TopicDefinition[]): Promise<void> {
  const { rowCount } = await pool.query(removeOld, [JSON.stringify(topics)]);
  if (rowCount) await pool.query(skipRemoved);
}

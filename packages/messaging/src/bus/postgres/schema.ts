import type { Pool } from 'pg';
import type { TopicDefinition } from '../../contract/topic.ts';

/** Creates what is missing; several processes may start at once. */
export async function ensureSchema(pool: Pool, topics: readonly TopicDefinition[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtextextended('bus schema', 0))`);
    await client.query(schema);
    await client.query(addTopics, [JSON.stringify(topics)]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

const addTopics = `
  insert into bus_partition (topic, partition)
  select t.name, p
  from jsonb_to_recordset($1::jsonb) as t(name text, partitions int),
       generate_series(0, t.partitions - 1) as p
  where not exists (select from bus_partition b where b.topic = t.name)`;

const schema = `
  create table if not exists bus_partition (
    topic     text   not null,
    partition int    not null,
    -- The offset the next record gets. Its row lock makes one appender of many.
    next      bigint not null default 0,
    primary key (topic, partition)
  );

  create table if not exists bus_log (
    topic        text   not null,
    partition    int    not null,
    "offset"     bigint not null,
    key          text   not null,
    value        text   not null,
    published_at timestamptz not null default clock_timestamp(),
    primary key (topic, partition, "offset")
  );

  create index if not exists bus_log_age on bus_log using brin (published_at);

  create table if not exists bus_offset (
    group_name text   not null,
    topic      text   not null,
    partition  int    not null,
    -- The first offset the group has not handled.
    next       bigint not null,
    primary key (group_name, topic, partition)
  ) with (fillfactor = 50);

  -- Offsets are given out under the partition's row lock and seen only together with their records:
  -- no reader ever meets a gap that is filled later. Locking in one order keeps appenders from deadlock.
  create or replace function bus_append(topics text[], partitions int[], keys text[], bodies text[])
  returns void language plpgsql as $function$
  begin
    perform from bus_partition b
      where (b.topic, b.partition) in (select * from unnest(topics, partitions))
      order by b.topic, b.partition
      for update;

    with record as (
      select *, row_number() over (partition by topic, partition order by place) as nth
      from unnest(topics, partitions, keys, bodies) with ordinality
        as r(topic, partition, key, value, place)
    ), advanced as (
      update bus_partition b set next = b.next + added.count
      from (select topic, partition, count(*) as count from record group by 1, 2) added
      where b.topic = added.topic and b.partition = added.partition
      returning b.topic, b.partition, b.next - added.count as base
    )
    insert into bus_log (topic, partition, "offset", key, value)
    select r.topic, r.partition, a.base + r.nth - 1, r.key, r.value
    from record r join advanced a on a.topic = r.topic and a.partition = r.partition;
  end $function$;
`;

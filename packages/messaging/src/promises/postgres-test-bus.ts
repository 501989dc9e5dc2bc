import { createPool } from '@eventxperts/database';
import { testDatabase } from '@eventxperts/database/testing';
import { postgresFramer } from '@eventxperts/faults';
import { partitionOf } from '../bus/partition.ts';
import { createPostgresBus } from '../bus/postgres/postgres-bus.ts';
import { log } from './kill-run.ts';
import { judge, sessionsGone } from './sessions-gone.ts';
import type { TestBus } from './test-bus.ts';
import { portOf, withPort } from './url.ts';
import { partitions, victimTopics } from './victim/bus-topics.ts';

export async function postgresTestBus(): Promise<TestBus> {
  const { url, drop } = await testDatabase();
  const bus = createPostgresBus({ url, log, topics: victimTopics() });
  await bus.start();
  await bus.stop();
  const sql = createPool({ url, max: 1, name: judge });
  return {
    name: 'PostgreSQL',
    target: portOf(url),
    framer: postgresFramer,
    address: (port = portOf(url)) => ({ kind: 'postgres', url: withPort(url, port) }),
    idle: () => sessionsGone(sql),
    reset: async () => {
      await sessionsGone(sql);
      await sql.query('truncate bus_log, bus_offset');
      await sql.query('update bus_partition set next = 0');
    },
    publish: async (records) => {
      await sql.query('select bus_append($1, $2, $3, $4)', [
        records.map(({ topic }) => topic),
        records.map(({ key }) => partitionOf(key, partitions)),
        records.map(({ key }) => key),
        records.map(({ value }) => value),
      ]);
    },
    log: async () => {
      const { rows } = await sql.query<{ value: string }>(
        `select value from bus_log where topic = 'user' order by partition, "offset"`,
      );
      return rows.map(({ value }) => value);
    },
    lag: async (group) => {
      const { rows } = await sql.query<{ lag: number }>(
        `select coalesce(sum(p.next - coalesce(o.next, 0)), 0)::int as lag
         from bus_partition p left join bus_offset o
           on o.group_name = $1 and o.topic = p.topic and o.partition = p.partition
         where p.topic = 'user'`,
        [group],
      );
      return rows[0]?.lag ?? 0;
    },
    rewind: async () => {
      await sql.query('update bus_offset set next = 0');
    },
    stop: async () => {
      await sql.end();
      await drop();
    },
  };
}

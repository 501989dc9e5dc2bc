import { createPool } from '@eventxperts/database';
import type { Logger } from 'pino';
import { createBell } from '../../bell.ts';
import { platformTopics } from '../../contract/topic.ts';
import { keepSession, type SessionConnection } from '../../postgres/keep-session.ts';
import type { BusRecord, BusTopics, EventBus } from '../event-bus.ts';
import { partitionOf } from '../partition.ts';
import { createGroups } from './groups.ts';
import { createMember } from './member.ts';
import { ensureOffsets } from './offsets.ts';
import { removeExpired } from './retention.ts';
import { ensureSchema } from './schema.ts';

export interface PostgresBusConfig extends BusTopics {
  /** The database of the log; it must exist. */
  readonly url: string;
  readonly log: Logger;
  /** Connections for publishing and reading, besides the one that holds the groups. */
  readonly poolSize?: number;
}

const channel = 'bus_log';
const coalesceNotifications = 5;
const removeExpiredEvery = 3_600_000;

/**
 * An event bus in PostgreSQL: a durable log of partitions with offsets for each group. One object
 * serves any number of publishers and groups of a process over few connections. One member of a group
 * reads at a time; the others stand by.
 */
export function createPostgresBus(config: PostgresBusConfig): EventBus {
  const { url, log, poolSize = 2, topics = platformTopics } = config;
  const partitions = new Map(topics.map(({ name, partitions }) => [name, partitions]));
  const pool = createPool({ url, max: poolSize, name: 'event bus' });
  const bell = createBell();
  const groups = createGroups(pool, bell);
  let current: SessionConnection | undefined;
  let janitor: NodeJS.Timeout | undefined;

  const session = keepSession({
    url,
    name: 'event bus groups',
    log,
    async run(connection, signal) {
      connection.onNotification((payload) => groups.ring(payload.split(',')));
      await connection.query(`listen ${channel}`);
      current = connection;
      await groups.serve(connection, signal);
    },
  });

  const announced = new Set<string>();
  let announcement: NodeJS.Timeout | undefined;

  /** Members here are woken at once, those of other processes by a notification after the commit. */
  function announce(published: readonly string[]): void {
    groups.ring(published);
    for (const topic of published) announced.add(topic);
    announcement ??= setTimeout(() => {
      announcement = undefined;
      const payload = [...announced].join();
      announced.clear();
      current?.query('select pg_notify($1, $2)', [channel, payload]).catch(() => undefined);
    }, coalesceNotifications);
  }

  function partition({ topic, key }: BusRecord): number {
    const count = partitions.get(topic);
    if (count === undefined) throw new Error(`There is no topic ${topic}.`);
    return partitionOf(key, count);
  }

  const expire = () =>
    removeExpired(pool, topics).catch((error: unknown) =>
      log.warn({ err: error }, 'Could not remove expired records from the event bus.'),
    );

  return {
    async start() {
      await ensureSchema(pool, topics);
      session.start();
      void expire();
      janitor = setInterval(expire, removeExpiredEvery);
      janitor.unref();
    },
    async stop() {
      clearInterval(janitor);
      clearTimeout(announcement);
      await session.stop();
      await pool.end();
    },
    async ready() {
      if (!session.connected()) return false;
      return pool.query('select 1').then(
        () => true,
        () => false,
      );
    },
    async publish(records) {
      if (records.length === 0) return;
      await pool.query('select bus_append($1, $2, $3, $4)', [
        records.map(({ topic }) => topic),
        records.map(partition),
        records.map(({ key }) => key),
        records.map(({ value }) => value),
      ]);
      announce([...new Set(records.map(({ topic }) => topic))]);
    },
    async subscribe(options) {
      for (const topic of options.topics) partition({ topic, key: '', value: '' });
      await ensureOffsets(pool, options.group, options.topics, options.fromBeginning);
      const member = createMember(pool, options, log);
      groups.join(member);
      member.ring();
      return {
        pause: member.pause,
        resume: member.resume,
        stop: () => groups.leave(member),
      };
    },
  };
}

import type { SqlTransaction } from '@eventxperts/database';
import { deadLetterTopic } from '../contract/topic.ts';
import type { Message } from './message.ts';

/** A key of a topic, in one consumer: what waits and is redriven as one line. */
export interface Line {
  readonly topic: string;
  readonly key: string;
}

const lineName = ({ topic, key }: Line): string => `${topic} ${key}`;

/** Those of the lines in which messages wait. Holds their locks until the transaction ends. */
export async function lockParkedLines(
  tx: SqlTransaction,
  consumer: string,
  messages: readonly Message[],
): Promise<(message: Message) => boolean> {
  const lines = [...new Map(messages.map(({ record }) => [lineName(record), record])).values()];
  const suspects = await parkedAmong(tx, consumer, lines);
  if (suspects.length === 0) return () => false;
  await lockLines(tx, consumer, suspects);
  // A redrive may have emptied the line before it let go of the lock.
  const waiting = new Set((await parkedAmong(tx, consumer, suspects)).map(lineName));
  return ({ record }) => waiting.has(lineName(record));
}

async function parkedAmong(
  tx: SqlTransaction,
  consumer: string,
  lines: readonly Line[],
): Promise<Line[]> {
  return await tx.$queryRawUnsafe<Line[]>(
    `select l.topic, l.key from jsonb_to_recordset($2::jsonb) as l(topic text, key text)
     where exists (select from platform.parked p
                   where p.consumer = $1 and p.topic = l.topic and p.key = l.key)`,
    consumer,
    JSON.stringify(lines.map(({ topic, key }) => ({ topic, key }))),
  );
}

/** Taken in one order, so that two who lock several lines cannot wait for each other. */
export async function lockLines(
  tx: SqlTransaction,
  consumer: string,
  lines: readonly Line[],
): Promise<void> {
  await tx.$queryRawUnsafe(
    `select count(pg_advisory_xact_lock(id))::int from (
       select distinct hashtextextended($1 || ' ' || name, 0) as id
       from jsonb_array_elements_text($2::jsonb) as l(name) order by id) ids`,
    `parked ${consumer}`,
    JSON.stringify(lines.map(lineName)),
  );
}

/** Puts messages at the end of their lines. `error` is null for those that only wait behind another. */
export async function park(
  tx: SqlTransaction,
  consumer: string,
  messages: readonly Message[],
  error: string | null,
): Promise<void> {
  const rows = messages.map(({ record, envelope }) => ({
    topic: record.topic,
    key: record.key,
    version: envelope?.sequence ?? 0,
    value: record.value,
  }));
  await tx.$executeRawUnsafe(
    `insert into platform.parked (consumer, topic, key, version, value, error)
     select $1, m.topic, m.key, m.version, m.value, $3
     from jsonb_to_recordset($2::jsonb) as m(topic text, key text, version bigint, value text)
     where not exists (
       select from platform.parked p
       where p.consumer = $1 and p.topic = m.topic and p.key = m.key and p.value = m.value)`,
    consumer,
    JSON.stringify(rows),
    error,
  );
}

/** What the dead-letter topic says of a parked message. */
interface DeadLetter {
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
  readonly error: string;
  readonly parkedAt: string;
  readonly value: string;
}

/** Announces a parked message, by the outbox like every event. */
export async function copyToDeadLetters(
  tx: SqlTransaction,
  consumer: string,
  { record, envelope }: Message,
  error: string,
): Promise<void> {
  const letter: DeadLetter = {
    consumer,
    topic: record.topic,
    key: record.key,
    error,
    parkedAt: new Date().toISOString(),
    value: record.value,
  };
  await tx.$executeRawUnsafe(
    `insert into platform.outbox (event_id, topic, key, version, type, body)
     select gen_random_uuid(), $1, $2, $3::bigint, 'dead-letter', $4::text
     where octet_length($4::text) < 500000
     on conflict do nothing`,
    deadLetterTopic,
    record.key,
    String(envelope?.sequence ?? 0),
    JSON.stringify(letter),
  );
}

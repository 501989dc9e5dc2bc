import type { SqlTransaction } from '@eventxperts/database';
import { v7 as uuidV7 } from 'uuid';
import { type EventData, type EventType, topicOf } from '../contract/event-type.ts';
import { assertPublishable } from '../contract/validate.ts';

/** What a domain says happened. */
export type DomainEvent<T extends EventType = EventType> = {
  [K in T]: {
    readonly type: K;
    /** The aggregate's id. */
    readonly key: string;
    /** The aggregate's version after the change, taken under its row lock in this transaction. */
    readonly version: number | bigint;
    /** The aggregate's full public state after the change. */
    readonly data: EventData[K];
    /** The domain, such as `users`. */
    readonly source: string;
    /** W3C Trace Context of the request. */
    readonly traceparent?: string;
    /** State told again, without anything having happened. */
    readonly republished?: true;
  };
}[T];

const insert = `
  insert into platform.outbox (event_id, topic, key, version, type, body)
  values ($1::uuid, $2, $3, $4::bigint, $5, $6)`;

/**
 * Appends an event to the outbox in the caller's transaction: it is published if and only if that
 * commits. Update the aggregate first (`set version = version + 1 … returning version`): its row lock
 * is what keeps the events of one aggregate in order.
 * @throws ContractViolation when `data` breaks the contract of its type.
 */
export async function appendEvent(tx: SqlTransaction, event: DomainEvent): Promise<void> {
  assertPublishable(event.type, event.data);
  const id = uuidV7();
  await tx.$executeRawUnsafe(
    insert,
    id,
    topicOf(event.type),
    event.key,
    String(event.version),
    event.type,
    cloudEvent(id, event),
  );
}

function cloudEvent(id: string, event: DomainEvent): string {
  const { type, key, version, data, source, traceparent, republished } = event;
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: `urn:eventxperts:${source}`,
    type,
    subject: key,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: `urn:eventxperts:event:${type}`,
    sequence: Number(version),
    traceparent,
    republished,
    data,
  });
}

import type { DeliveredRecord } from '../bus/event-bus.ts';
import type { EventType } from '../contract/event-type.ts';
import { assertReadable, type Envelope, readEnvelope } from '../envelope.ts';

/** A record that concerns this consumer. */
export type Message = ReadableMessage | UnreadableRecord;

export interface ReadableMessage {
  readonly record: DeliveredRecord;
  readonly envelope: Envelope;
}

/** Can only be parked. */
export interface UnreadableRecord {
  readonly record: DeliveredRecord;
  readonly envelope: undefined;
  readonly error: Error;
}

/** Reads a record. Undefined is an event no handler wants. */
export function readMessage(
  record: DeliveredRecord,
  wanted: ReadonlySet<EventType>,
): Message | undefined {
  try {
    const envelope = readEnvelope(record.value);
    if (!envelope || !wanted.has(envelope.type)) return undefined;
    assertReadable(envelope);
    return { record, envelope };
  } catch (error) {
    return {
      record,
      envelope: undefined,
      error: error instanceof Error ? error : new Error(String(error)),
    };
  }
}

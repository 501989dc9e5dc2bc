import { Ajv2020 } from 'ajv/dist/2020.js';
import { type EventData, type EventType, isEventType } from './contract/event-type.ts';
import { assertConsumable } from './contract/validate.ts';

interface EnvelopeOf<T extends EventType> {
  readonly specversion: '1.0';
  /** UUIDv7, unique to this event; consumers tell repetitions by it. */
  readonly id: string;
  /** The publishing domain, as `urn:eventxperts:<domain>`. */
  readonly source: string;
  readonly type: T;
  /** The aggregate's id; also the key that keeps its events in order. */
  readonly subject: string;
  /** When it was appended, RFC 3339 in UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The contract, as `urn:eventxperts:event:<type>`. */
  readonly dataschema: string;
  /** The aggregate's version: grows by one with every event of the aggregate, without a gap. */
  readonly sequence: number;
  /** W3C Trace Context of the request that caused it. */
  readonly traceparent?: string;
  /** Present on state that is told again: projections apply it, side effects must not repeat. */
  readonly republished?: true;
  readonly data: EventData[T];
}

/** An event as it travels: CloudEvents 1.0, structured JSON. `type` tells the shape of `data`. */
export type Envelope<T extends EventType = EventType> = { [K in T]: EnvelopeOf<K> }[T];

interface UntypedEnvelope {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number;
  readonly data: object;
}

const uuidV7 = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

const isCloudEvent = new Ajv2020({ logger: false }).compile<UntypedEnvelope>({
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'sequence', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', pattern: uuidV7 },
    source: { type: 'string', minLength: 1 },
    type: { type: 'string', minLength: 1 },
    subject: { type: 'string', minLength: 1 },
    time: { type: 'string', minLength: 1 },
    sequence: { type: 'integer', minimum: 0 },
    data: { type: 'object' },
  },
});

/** Bytes on a topic that are no CloudEvent, or whose data breaks its contract. */
class UnreadableMessage extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UnreadableMessage';
  }
}

/**
 * Reads what a topic carried. A type this build does not know is undefined: it belongs to a newer
 * publisher and to no handler here.
 * @throws UnreadableMessage when it is no CloudEvent.
 */
export function readEnvelope(value: string): Envelope | undefined {
  const message = readJson(value);
  if (!isCloudEvent(message)) throw new UnreadableMessage('The message is not a CloudEvent.');
  return isKnown(message) ? message : undefined;
}

/** @throws UnreadableMessage when the data breaks the contract of its type. */
export function assertReadable(envelope: Envelope): void {
  try {
    assertConsumable(envelope.type, envelope.data);
  } catch (cause) {
    throw new UnreadableMessage(String(cause), { cause });
  }
}

const isKnown = (message: UntypedEnvelope): message is Envelope => isEventType(message.type);

function readJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new UnreadableMessage('The message is not JSON.', { cause });
  }
}

import { readEnvelope } from '../envelope.ts';

/** What the promises say about an event: which one, of what, and in which place. */
export interface LoggedEvent {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly value: string;
}

/** @param value the bytes on the bus or in the outbox. */
export function loggedEvent(value: string): LoggedEvent {
  const envelope = readEnvelope(value);
  if (envelope?.type !== 'user.updated') throw new Error(`Not an event of a thing: ${value}`);
  const { id, subject, sequence, data } = envelope;
  return { id, key: subject, version: sequence, value: data.displayName };
}

/** Without repetitions, each where it came first: what a consumer with an inbox applies. */
export function firstOccurrences(events: readonly LoggedEvent[]): LoggedEvent[] {
  const known = new Set<string>();
  return events.filter(({ id }) => !known.has(id) && known.add(id));
}

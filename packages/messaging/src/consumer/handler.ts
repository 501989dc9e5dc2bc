import type { SqlTransaction } from '@eventxperts/database';
import type { EventType } from '../contract/event-type.ts';
import type { Envelope } from '../envelope.ts';

/** Reacts to events of some types, in the transaction that also records them in the inbox. */
export interface EventHandler<Tx extends SqlTransaction = SqlTransaction> {
  readonly types: readonly EventType[];
  /** Events of one key arrive in order; those of different keys in any order. */
  handle(tx: Tx, envelopes: readonly Envelope[]): Promise<void>;
}

/**
 * Binds a reaction to event types. `handle` gets as many events as wait, so it should write sets, not
 * rows. It runs at least once and its writes count exactly once: they commit together with the inbox.
 * Throwing rolls all of it back: {@link DependencyDown} pauses the consumer, any other error counts
 * towards parking the message.
 */
export function defineHandler<T extends EventType, Tx extends SqlTransaction = SqlTransaction>(
  types: T | readonly T[],
  handle: (tx: Tx, envelopes: readonly Envelope<T>[]) => Promise<void>,
): EventHandler<Tx> {
  const wanted: readonly T[] = typeof types === 'string' ? [types] : types;
  const isWanted = (envelope: Envelope): envelope is Envelope & Envelope<T> =>
    wanted.some((type) => type === envelope.type);
  return {
    types: wanted,
    handle: (tx, envelopes) => handle(tx, envelopes.filter(isWanted)),
  };
}

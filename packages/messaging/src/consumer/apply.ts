import type { SqlTransaction } from '@eventxperts/database';
import type { EventHandler } from './handler.ts';
import { dayOf, isRemembered, makeDay, recordInInbox } from './inbox.ts';
import type { Message, ReadableMessage } from './message.ts';
import { copyToDeadLetters, lockLines, lockParkedLines, park } from './parking.ts';
import { inRounds } from './rounds.ts';

/** What one consumer needs to apply messages to its database. */
export interface Applier<Tx extends SqlTransaction> {
  readonly consumer: string;
  readonly transact: <R>(run: (tx: Tx) => Promise<R>) => Promise<R>;
  readonly handlers: readonly EventHandler<Tx>[];
}

/** Why a message can never be applied; undefined when it can be tried. */
export function refusal(message: Message): Error | undefined {
  if (!message.envelope) return message.error;
  if (isRemembered(dayOf(message.envelope.id))) return undefined;
  return new Error('The event is older than the inbox remembers, or dated in the future.');
}

const isReadable = (message: Message): message is ReadableMessage => message.envelope !== undefined;

/**
 * Applies messages in one transaction: those not applied before, in order, once. Messages whose line
 * is parked join it. Returns how many were applied.
 */
export function applyMessages<Tx extends SqlTransaction>(
  { consumer, transact, handlers }: Applier<Tx>,
  messages: readonly ReadableMessage[],
): Promise<number> {
  return transact(async (tx) => {
    const fresh = await freshOf(tx, consumer, messages);
    if (fresh.length === 0) return 0;
    const isParked = await lockParkedLines(tx, consumer, fresh);
    const behind = fresh.filter(isParked);
    if (behind.length > 0) await park(tx, consumer, behind, null);
    const due = fresh.filter((message) => !isParked(message));
    await handle(tx, due, handlers);
    return due.length;
  });
}

async function freshOf(
  tx: SqlTransaction,
  consumer: string,
  messages: readonly ReadableMessage[],
): Promise<ReadableMessage[]> {
  const byId = new Map<string, ReadableMessage>();
  for (const message of messages) {
    if (!byId.has(message.envelope.id)) byId.set(message.envelope.id, message);
  }
  const fresh = await recordInInbox(tx, consumer, [...byId.keys()]);
  return [...byId.values()].filter(({ envelope }) => fresh.has(envelope.id));
}

export async function handle<Tx extends SqlTransaction>(
  tx: Tx,
  messages: readonly ReadableMessage[],
  handlers: readonly EventHandler<Tx>[],
): Promise<void> {
  const envelopes = messages.map(({ envelope }) => envelope);
  for (const round of inRounds(envelopes, handlers)) {
    for (const handler of round.handlers) await handler.handle(tx, round.envelopes);
  }
}

/** Parks a message at the end of its line, and announces it. */
export function parkMessage<Tx extends SqlTransaction>(
  { consumer, transact }: Applier<Tx>,
  message: Message,
  error: Error,
): Promise<void> {
  return transact(async (tx) => {
    if (isReadable(message) && isRemembered(dayOf(message.envelope.id))) {
      // A replay of the topic must find it dealt with, parked or redriven since.
      const fresh = await recordInInbox(tx, consumer, [message.envelope.id]);
      if (fresh.size === 0) return;
    }
    await lockLines(tx, consumer, [message.record]);
    await park(tx, consumer, [message], error.message);
    await copyToDeadLetters(tx, consumer, message, error.message);
  });
}

/** Makes the inbox partitions the messages need. `known` remembers those that exist. */
export async function prepareInbox<Tx extends SqlTransaction>(
  { transact }: Applier<Tx>,
  messages: readonly ReadableMessage[],
  known: Set<string>,
): Promise<void> {
  for (const day of new Set(messages.map(({ envelope }) => dayOf(envelope.id)))) {
    if (known.has(day)) continue;
    await transact((tx) => makeDay(tx, day));
    known.add(day);
  }
}

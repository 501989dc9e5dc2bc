import type { SqlTransaction } from '@eventxperts/database';
import type { Logger } from 'pino';
import { createBackoff } from '../backoff.ts';
import { pause } from '../bell.ts';
import { type Applier, applyMessages, parkMessage, prepareInbox, refusal } from './apply.ts';
import type { Message, ReadableMessage } from './message.ts';
import { isTransient } from './transient.ts';

/** Messages of one transaction. */
const batchSize = 200;
/** A handler's own error parks the message when it was tried so often. */
const triesBeforeParking = 5;

export interface LaneCounters {
  applied: number;
  parked: number;
}

export interface Lane {
  /** Resolves when every message is applied or parked. Rejects with a transient error alone. */
  process(messages: readonly Message[], signal: AbortSignal): Promise<void>;
}

/** Processes messages one batch after the other, and one by one where a batch fails. */
export function createLane<Tx extends SqlTransaction>(
  applier: Applier<Tx>,
  counters: LaneCounters,
  log: Logger,
): Lane {
  const knownDays = new Set<string>();

  async function apply(messages: readonly ReadableMessage[]): Promise<void> {
    await prepareInbox(applier, messages, knownDays);
    const applied = await applyMessages(applier, messages);
    counters.applied += applied;
  }

  async function parkFor(message: Message, error: Error): Promise<void> {
    await parkMessage(applier, message, error);
    counters.parked += 1;
    const { topic, key, partition, offset } = message.record;
    log.error(
      { err: error, consumer: applier.consumer, topic, key, partition, offset: String(offset) },
      'Parked a message; later ones of its key wait behind it.',
    );
  }

  async function applyOne(message: ReadableMessage, signal: AbortSignal): Promise<void> {
    const backoff = createBackoff({ first: 20, most: 500 });
    for (let tries = 1; ; tries += 1) {
      const error = await failureOf(apply([message]));
      if (!error) return;
      if (isTransient(error) || signal.aborted) throw error;
      if (tries === triesBeforeParking) return parkFor(message, error);
      await pause(backoff.next(), signal);
    }
  }

  async function applyBatch(messages: readonly ReadableMessage[], signal: AbortSignal) {
    const error = await failureOf(apply(messages));
    if (!error) return;
    if (isTransient(error)) throw error;
    for (const message of messages) await applyOne(message, signal);
  }

  return {
    async process(messages, signal) {
      let batch: ReadableMessage[] = [];
      const flush = async () => {
        const full = batch;
        batch = [];
        if (full.length > 0) await applyBatch(full, signal);
      };
      for (const message of messages) {
        const refused = refusal(message);
        if (refused || !message.envelope) {
          await flush();
          await parkFor(message, refused ?? new Error('The message is unreadable.'));
        } else {
          batch.push(message);
          if (batch.length === batchSize) await flush();
        }
      }
      await flush();
    },
  };
}

async function failureOf(work: Promise<void>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { Logger } from 'pino';
import { createBackoff } from '../../backoff.ts';
import type { DeliveredRecord, SubscribeOptions } from '../event-bus.ts';

/** Well below the session timeout: a long batch must not cost the place in the group. */
const heartbeatEvery = 2_000;

export interface Delivery {
  /** Hands a fetched batch over and commits its offsets; what is not resolved is fetched again. */
  deliver(consumer: Consumer, payload: EachBatchPayload): Promise<void>;
  pause(): void;
  resume(): void;
  /** Takes nothing more; resolves when what is in hand is done and committed. */
  finish(): Promise<void>;
}

export function createDelivery({ group, onBatch }: SubscribeOptions, log: Logger): Delivery {
  const backoff = createBackoff({ first: 50, most: 5_000 });
  const inHand = new Set<Promise<void>>();
  let paused = false;

  /** Returns whether the batch is done. */
  async function isHandled(payload: EachBatchPayload, records: readonly DeliveredRecord[]) {
    try {
      await whileBeating(payload, () => onBatch(records));
      backoff.reset();
      return true;
    } catch (error) {
      log.warn({ err: error, group }, 'A batch was not handled; it comes again.');
      setTimeout(payload.pause(), backoff.next());
      return false;
    }
  }

  async function handOver(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const records = recordsOf(payload);
    const last = records.at(-1);
    if (!last || !(await isHandled(payload, records))) return;
    payload.resolveOffset(String(last.offset));
    const { topic, partition } = last;
    await consumer.commitOffsets([{ topic, partition, offset: String(last.offset + 1n) }]);
  }

  return {
    async deliver(consumer, payload) {
      // kafkajs hands out what it fetched before the pause, and forgets the pause when it reconnects.
      if (paused) return void payload.pause();
      if (!payload.isRunning() || payload.isStale()) return;
      const batch = handOver(consumer, payload).finally(() => inHand.delete(batch));
      inHand.add(batch);
      await batch;
    },
    async finish() {
      paused = true;
      await Promise.allSettled(inHand);
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
    },
  };
}

/** A rebalance announced by a heartbeat waits for the batch; kafkajs meets it again afterwards. */
async function whileBeating({ heartbeat }: EachBatchPayload, work: () => Promise<void>) {
  const beat = setInterval(() => heartbeat().catch(() => undefined), heartbeatEvery);
  try {
    await work();
  } finally {
    clearInterval(beat);
  }
}

function recordsOf({ batch }: EachBatchPayload): DeliveredRecord[] {
  return batch.messages.map(({ key, value, offset }) => ({
    topic: batch.topic,
    partition: batch.partition,
    offset: BigInt(offset),
    key: textOf(key),
    value: textOf(value),
  }));
}

/** Foreign bytes too become text that PostgreSQL can keep: it refuses NUL. */
const textOf = (bytes: Buffer | null): string =>
  bytes?.toString('utf8').replaceAll('\0', '\uFFFD') ?? '';

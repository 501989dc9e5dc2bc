import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { createBackoff } from '../../backoff.ts';
import type { DeliveredRecord, SubscribeOptions, Subscription } from '../event-bus.ts';

/** Well below the session timeout: a long batch must not cost the place in the group. */
const heartbeatEvery = 2_000;
const sessionTimeout = 10_000;

export async function subscribeToKafka(
  kafka: Kafka,
  options: SubscribeOptions,
  log: Logger,
): Promise<Subscription> {
  const { group, fromBeginning } = options;
  const topics = [...options.topics];
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout,
    heartbeatInterval: heartbeatEvery,
    rebalanceTimeout: 30_000,
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    retry: {
      retries: 10,
      initialRetryTime: 100,
      maxRetryTime: 5_000,
      restartOnFailure: async () => true,
    },
  });
  const delivery = createDelivery(consumer, options, log);
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 2,
    eachBatch: delivery.deliver,
  });
  return {
    pause() {
      delivery.pause();
      consumer.pause(topics.map((topic) => ({ topic })));
    },
    resume() {
      delivery.resume();
      consumer.resume(topics.map((topic) => ({ topic })));
    },
    stop: () => consumer.disconnect(),
  };
}

function createDelivery(consumer: Consumer, { group, onBatch }: SubscribeOptions, log: Logger) {
  const backoff = createBackoff({ first: 50, most: 5_000 });
  let paused = false;

  /** What is not resolved is fetched again. */
  async function deliver(payload: EachBatchPayload): Promise<void> {
    // kafkajs hands out what it fetched before the pause, and forgets the pause when it reconnects.
    if (paused) return void payload.pause();
    if (!payload.isRunning() || payload.isStale()) return;
    const records = recordsOf(payload);
    const last = records.at(-1);
    if (!last) return;
    try {
      await whileBeating(payload, () => onBatch(records));
      backoff.reset();
    } catch (error) {
      log.warn({ err: error, group }, 'A batch was not handled; it comes again.');
      setTimeout(payload.pause(), backoff.next());
      return;
    }
    payload.resolveOffset(String(last.offset));
    const { topic, partition } = last;
    await consumer.commitOffsets([{ topic, partition, offset: String(last.offset + 1n) }]);
  }

  return {
    deliver,
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

import kafkajs, { type Consumer, type Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import { createBackoff } from '../../backoff.ts';
import { pause } from '../../bell.ts';
import type { SubscribeOptions, Subscription } from '../event-bus.ts';
import { createDelivery, type Delivery } from './delivery.ts';

/** A cluster names coordinators a moment after it was asked for its first group. */
const coordinatorWithinMs = 10_000;
const isUncoordinated = (error: unknown): boolean =>
  error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound';

export async function subscribeToKafka(
  kafka: Kafka,
  options: SubscribeOptions,
  log: Logger,
): Promise<Subscription> {
  const { group } = options;
  const topics = options.topics.map((topic) => ({ topic }));
  const delivery = createDelivery(options, log);
  const stopping = new AbortController();
  const backoff = createBackoff({ first: 500, most: 15_000 });
  let reopening: Promise<void> = Promise.resolve();
  let consumer = await open();

  async function open(): Promise<Consumer> {
    const givesUpAt = Date.now() + coordinatorWithinMs;
    for (;;) {
      try {
        return await runConsumer(kafka, options, delivery, (error) => {
          if (!stopping.signal.aborted) reopening = reopen(error);
        });
      } catch (error) {
        if (!isUncoordinated(error) || Date.now() > givesUpAt) throw error;
        await pause(200, stopping.signal);
      }
    }
  }

  async function reopen(cause: Error): Promise<void> {
    let error: unknown = cause;
    while (!stopping.signal.aborted) {
      log.error({ err: error, group }, 'The Kafka consumer gave up; opening another.');
      await pause(backoff.next(), stopping.signal);
      try {
        consumer = await open();
        backoff.reset();
        return;
      } catch (failure) {
        error = failure;
      }
    }
  }

  return {
    pause() {
      delivery.pause();
      unlessRestarting(() => consumer.pause(topics));
    },
    resume() {
      delivery.resume();
      unlessRestarting(() => consumer.resume(topics));
    },
    async stop() {
      stopping.abort();
      await reopening;
      // kafkajs would leave while the offsets of a batch are on their way, and the batch came again.
      await delivery.finish();
      await consumer.disconnect();
    },
  };
}

/**
 * A consumer between two lives has no group to pause in, and says so by throwing. Nothing is lost: it
 * comes back unpaused, and the delivery keeps what the subscriber asked for.
 */
function unlessRestarting(change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!(error instanceof kafkajs.KafkaJSNonRetriableError)) throw error;
  }
}

async function runConsumer(
  kafka: Kafka,
  { group, topics, fromBeginning }: SubscribeOptions,
  delivery: Delivery,
  onGaveUp: (error: Error) => void,
): Promise<Consumer> {
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: 10_000,
    heartbeatInterval: 2_000,
    rebalanceTimeout: 30_000,
    maxWaitTimeInMs: 500,
    allowAutoTopicCreation: false,
    retry: { retries: 10, initialRetryTime: 100, maxRetryTime: 5_000 },
  });
  let joined = false;
  let refusal: Error | undefined;
  // kafkajs restarts after what it calls retriable and gives up after the rest; we never do.
  consumer.on(consumer.events.CRASH, ({ payload: { restart, error } }) => {
    if (restart) return;
    if (joined) onGaveUp(error);
    else refusal = error;
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 2,
      eachBatch: (payload) => delivery.deliver(consumer, payload),
    });
    // To have given up while joining is no failure of run().
    if (refusal) throw refusal;
    joined = true;
    return consumer;
  } catch (error) {
    await consumer.disconnect().catch(() => undefined);
    throw error;
  }
}

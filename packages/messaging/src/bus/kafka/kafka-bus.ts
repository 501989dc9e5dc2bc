import { Kafka, type KafkaConfig, type Producer } from 'kafkajs';
import type { Logger } from 'pino';
import { createBackoff } from '../../backoff.ts';
import { pause } from '../../bell.ts';
import { platformTopics } from '../../contract/topic.ts';
import type { BusTopics, EventBus, Subscription } from '../event-bus.ts';
import { partitionOf } from '../partition.ts';
import { inRequests } from './requests.ts';
import { subscribeToKafka } from './subscribe.ts';
import { ensureTopics } from './topics.ts';

export interface KafkaBusConfig extends BusTopics {
  /** `host:port` of some brokers of the cluster. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: Logger;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
}

/** An event bus on Apache Kafka. It starts without a broker too, and connects as soon as one answers. */
export function createKafkaBus(config: KafkaBusConfig): EventBus {
  const { log, topics = platformTopics } = config;
  const kafka = new Kafka({
    clientId: config.clientId,
    brokers: [...config.brokers],
    ssl: config.ssl ?? false,
    ...(config.sasl ? { sasl: config.sasl } : {}),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    // Callers wait longer by themselves: the relay and the consumers try again for ever.
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 2_000 },
    logCreator: () => (entry) => log.debug({ kafka: entry.namespace, ...entry.log }, 'kafkajs'),
  });
  const admin = kafka.admin();
  const producer = createProducer(kafka);
  const stopping = new AbortController();
  const backoff = createBackoff({ first: 250, most: 5_000 });
  const subscriptions = new Set<Subscription>();
  let connected = false;
  let connecting: Promise<void> = Promise.resolve();

  async function connect(): Promise<void> {
    await admin.connect();
    await ensureTopics(admin, topics);
    await producer.connect();
    connected = true;
  }

  async function tryToConnect(): Promise<boolean> {
    try {
      await connect();
      return true;
    } catch (error) {
      log.warn({ err: error }, 'Could not reach Kafka; trying again.');
      return false;
    }
  }

  async function connectEventually(): Promise<void> {
    do await pause(backoff.next(), stopping.signal);
    while (!stopping.signal.aborted && !(await tryToConnect()));
  }

  function assertConnected(): void {
    if (!connected) throw new Error('Kafka has not been reached yet.');
  }

  return {
    async start() {
      if (!(await tryToConnect())) connecting = connectEventually();
    },
    async stop() {
      stopping.abort();
      await connecting;
      connected = false;
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await Promise.all([producer.disconnect(), admin.disconnect()]);
    },
    async ready() {
      if (!connected) return false;
      return admin.describeCluster().then(
        () => true,
        () => false,
      );
    },
    async publish(records) {
      assertConnected();
      for (const topicMessages of inRequests(records)) {
        await producer.sendBatch({ acks: -1, timeout: 15_000, topicMessages });
      }
    },
    async subscribe(options) {
      assertConnected();
      const subscription = await subscribeToKafka(kafka, options, log);
      subscriptions.add(subscription);
      return subscription;
    },
  };
}

/**
 * Not idempotent: the inbox drops repetitions anyway, and kafkajs restarts an idempotent producer in ways
 * that lose its order. One request in flight keeps the order of a partition over retries.
 */
const createProducer = (kafka: Kafka): Producer =>
  kafka.producer({
    idempotent: false,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner:
      () =>
      ({ message, partitionMetadata }) =>
        partitionOf(String(message.key ?? ''), partitionMetadata.length),
  });

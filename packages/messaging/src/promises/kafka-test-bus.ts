import { randomUUID } from 'node:crypto';
import { eventually, kafkaFramer } from '@eventxperts/faults';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { expect } from 'vitest';
import { ensureTopics } from '../bus/kafka/topics.ts';
import { partitionOf } from '../bus/partition.ts';
import type { TestBus } from './test-bus.ts';
import { partitions, victimTopics } from './victim/bus-topics.ts';
import { consumerGroup } from './victim/consumer.ts';

/** The session of a killed member ends after ten seconds; until then its group cannot be moved. */
const sessionEnds = 30_000;

/** @param broker `127.0.0.1:port` of a cluster of one node. */
export async function kafkaTestBus(broker: string): Promise<TestBus> {
  const target = Number(broker.split(':')[1]);
  const kafka = new Kafka({ clientId: 'judge', brokers: [broker], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer({
    createPartitioner:
      () =>
      ({ message }) =>
        partitionOf(String(message.key), partitions),
  });
  await admin.connect();
  await producer.connect();
  let prefix = '';
  const topic = () => `${prefix}user`;

  return {
    name: 'Kafka',
    target,
    framer: kafkaFramer,
    address: (port = target) => ({ kind: 'kafka', brokers: [`127.0.0.1:${port}`], prefix }),
    // A session ends ten seconds after its process: waiting for that is left to the next member.
    idle: async () => {},
    reset: async () => {
      prefix = `${randomUUID()}.`;
      await ensureTopics(admin, victimTopics(prefix));
    },
    publish: async (records) => {
      const messages = records.map(({ key, value }) => ({ key, value }));
      await producer.send({ topic: topic(), acks: -1, messages });
    },
    log: () => readAll(kafka, admin, topic()),
    lag: async (group) => {
      const groupId = prefix + group;
      const [ends, [done]] = await Promise.all([
        admin.fetchTopicOffsets(topic()),
        admin.fetchOffsets({ groupId, topics: [topic()] }),
      ]);
      return ends.reduce((sum, { partition, high }) => {
        const next = done?.partitions.find((one) => one.partition === partition)?.offset ?? '0';
        return sum + Number(high) - Math.max(0, Number(next));
      }, 0);
    },
    rewind: async () => {
      const beginning = Array.from({ length: partitions }, (_, partition) => ({
        partition,
        offset: '0',
      }));
      const groupId = prefix + consumerGroup;
      const move = { groupId, topic: topic(), partitions: beginning };
      await eventually(() => admin.setOffsets(move), sessionEnds);
    },
    stop: async () => {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
  };
}

async function readAll(kafka: Kafka, admin: Admin, topic: string): Promise<string[]> {
  const ends = await admin.fetchTopicOffsets(topic);
  const count = ends.reduce((sum, { high }) => sum + Number(high), 0);
  const values: string[] = [];
  const consumer = kafka.consumer({ groupId: `judge ${randomUUID()}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => void values.push(String(message.value)),
  });
  try {
    await eventually(() => expect(values).toHaveLength(count));
    return values;
  } finally {
    await consumer.disconnect();
  }
}

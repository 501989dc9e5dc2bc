import type { TopicDefinition } from '../contract/topic.ts';

/** What is published: the key decides the partition, and with it the order. */
export interface BusRecord {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
}

export interface DeliveredRecord extends BusRecord {
  readonly partition: number;
  /** Position in the partition, from 0; grows in the order of publication. */
  readonly offset: bigint;
}

export interface SubscribeOptions {
  /** Members of one group share the records; every group gets all of them. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * Takes records in the order of their partitions; never called at the same time for one partition.
   * When it resolves they are done for this group; when it rejects they come again. At least once: a
   * change in the group may bring a batch back that was done, whole and in order.
   */
  readonly onBatch: (records: readonly DeliveredRecord[]) => Promise<void>;
  /** Where a group without offsets begins: with the oldest record kept, or with the next one published. */
  readonly fromBeginning: boolean;
}

export interface Subscription {
  /** No further batch is delivered until resume; the place in the group is kept. */
  pause(): void;
  resume(): void;
  /** Waits for the batch in hand, then leaves the group. */
  stop(): Promise<void>;
}

/** A log of topics, partitions and consumer groups, with the semantics of Kafka. */
export interface EventBus {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether it can be reached now. */
  ready(): Promise<boolean>;
  /**
   * Resolves when all records are durable. When it rejects, some may have been written: the caller
   * publishes all of them again, in the same order.
   */
  publish(records: readonly BusRecord[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
}

/** Topics a bus knows; by default those of the platform. */
export interface BusTopics {
  readonly topics?: readonly TopicDefinition[];
}

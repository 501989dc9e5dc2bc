import { setTimeout as pause } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { TopicDefinition } from '../../contract/topic.ts';

const dayLength = 86_400_000;

/** Creates the topics that are missing, replicated as the cluster's default says. */
export async function ensureTopics(
  admin: Admin,
  topics: readonly TopicDefinition[],
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !existing.has(name));
  if (missing.length > 0) await create(admin, missing);
  await untilLed(admin, topics);
}

async function create(admin: Admin, missing: readonly TopicDefinition[]): Promise<void> {
  await admin.createTopics({
    // kafkajs gives up where a broker does not know the topic yet; `untilLed` does not.
    waitForLeaders: false,
    topics: missing.map(({ name, partitions, retentionDays }) => ({
      topic: name,
      numPartitions: partitions,
      configEntries: [
        // Never compact: of two publications of an aggregate the older one may be written last.
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'retention.ms', value: String(retentionDays * dayLength) },
      ],
    })),
  });
}

const leaderWithinMs = 30_000;
const noLeader = -1;

/**
 * Another process may have created a topic a moment ago: who joins its group before every partition
 * has a leader is given none of them, and is not asked again.
 */
async function untilLed(admin: Admin, topics: readonly TopicDefinition[]): Promise<void> {
  const deadline = Date.now() + leaderWithinMs;
  while (!(await areLed(admin, topics))) {
    if (Date.now() > deadline) throw new Error('The topics have no leaders yet.');
    await pause(50);
  }
}

async function areLed(admin: Admin, topics: readonly TopicDefinition[]): Promise<boolean> {
  const metadata = await admin
    .fetchTopicMetadata({ topics: topics.map(({ name }) => name) })
    .catch(() => ({ topics: [] }));
  const led = new Map(
    metadata.topics.map(({ name, partitions }) => [
      name,
      partitions.filter(({ leader }) => leader !== noLeader).length,
    ]),
  );
  return topics.every(({ name, partitions }) => (led.get(name) ?? 0) >= partitions);
}

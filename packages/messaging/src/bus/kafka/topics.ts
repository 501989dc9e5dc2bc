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
  if (missing.length === 0) return;
  await admin.createTopics({
    waitForLeaders: true,
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

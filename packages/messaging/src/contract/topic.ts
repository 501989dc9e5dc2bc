import { eventTopics } from '../generated/contracts.ts';

/** A topic as every event bus creates it. */
export interface TopicDefinition {
  readonly name: string;
  /** Fixed for the topic's life: another count would move keys between partitions and lose their order. */
  readonly partitions: number;
  /** How long records are kept, in days. */
  readonly retentionDays: number;
}

/** Where copies of parked messages go, for people and alerts; nothing consumes it to act. */
export const deadLetterTopic = 'dead-letter';

const partitions = 12;
const retention = { personal: 7, plain: 30 };

/** No topic keeps records longer, in days. */
export const longestRetentionDays = retention.plain;

/** Every topic of `schema/events`, and the dead-letter topic, which may hold anyone's personal data. */
export const platformTopics: readonly TopicDefinition[] = [
  ...eventTopics,
  { name: deadLetterTopic, personal: true },
].map(({ name, personal }) => ({
  name,
  partitions,
  retentionDays: personal ? retention.personal : retention.plain,
}));

import { deadLetterTopic, type TopicDefinition } from '../../contract/topic.ts';

/** Few, so that keys share them. */
export const partitions = 2;

export const victimTopics = (prefix = ''): TopicDefinition[] =>
  ['user', deadLetterTopic].map((name) => ({ name: prefix + name, partitions, retentionDays: 7 }));

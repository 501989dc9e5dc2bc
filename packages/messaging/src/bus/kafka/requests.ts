import type { TopicMessages } from 'kafkajs';
import type { BusRecord } from '../event-bus.ts';

/** A partition's share of a request is one record batch, which brokers limit to 1 MiB by default. */
const requestBytes = 900_000;
/** Key, headers and framing of one record, generously. */
const recordOverhead = 200;

/** Splits records into requests that no broker refuses for their size; the order stays. */
export function inRequests(records: readonly BusRecord[]): TopicMessages[][] {
  const requests: BusRecord[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const size = Buffer.byteLength(record.value) + recordOverhead;
    if (bytes + size > requestBytes) {
      requests.push([]);
      bytes = 0;
    }
    requests.at(-1)?.push(record);
    bytes += size;
  }
  return requests.map(byTopic);
}

function byTopic(records: readonly BusRecord[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, key, value } of records) {
    const messages = topics.get(topic) ?? { topic, messages: [] };
    topics.set(topic, messages);
    messages.messages.push({ key, value });
  }
  return [...topics.values()];
}

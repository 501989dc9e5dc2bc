import type { BusRecord, EventBus } from '../../bus/event-bus.ts';

/** The same bus with topics and groups of its own, so that runs on one broker do not meet. */
export function prefixedBus(bus: EventBus, prefix: string): EventBus {
  const outward = <R extends BusRecord>(record: R): R => ({
    ...record,
    topic: prefix + record.topic,
  });
  const inward = <R extends BusRecord>(record: R): R => ({
    ...record,
    topic: record.topic.slice(prefix.length),
  });
  return {
    ...bus,
    publish: (records) => bus.publish(records.map(outward)),
    subscribe: ({ group, topics, onBatch, fromBeginning }) =>
      bus.subscribe({
        group: prefix + group,
        topics: topics.map((topic) => prefix + topic),
        onBatch: (records) => onBatch(records.map(inward)),
        fromBeginning,
      }),
  };
}

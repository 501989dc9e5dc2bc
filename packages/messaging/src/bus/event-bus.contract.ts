import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TopicDefinition } from '../contract/topic.ts';
import type { BusRecord, DeliveredRecord, EventBus } from './event-bus.ts';
import { partitionOf } from './partition.ts';

/** What the suite needs of an adapter's surroundings. */
export interface BusHarness {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A bus object of its own, as another process would have. */
  create(topics: readonly TopicDefinition[]): EventBus;
  /** Cuts every connection: a killed backend, a restarted broker. Absent where that is not ours to do. */
  readonly interrupt?: () => Promise<void>;
}

const patience = { timeout: 25_000, interval: 20 };

/** What every event bus promises, whatever carries it. */
export function describeEventBus(name: string, harness: BusHarness): void {
  describe(`event bus on ${name}`, () => {
    const opened: EventBus[] = [];
    let topic: TopicDefinition;

    beforeAll(() => harness.start(), 120_000);
    afterAll(() => harness.stop());
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((bus) => bus.stop()));
    });

    async function open(): Promise<EventBus> {
      const bus = harness.create([topic]);
      opened.push(bus);
      await bus.start();
      return bus;
    }

    async function openFresh(): Promise<EventBus> {
      topic = { name: `topic-${randomUUID()}`, partitions: 3, retentionDays: 1 };
      return await open();
    }

    const records = (count: number, keys = 7, from = 0): BusRecord[] =>
      Array.from({ length: count }, (_, at) => ({
        topic: topic.name,
        key: `key-${(from + at) % keys}`,
        value: String(from + at),
      }));

    /** Subscribes and collects; the options may replace the collecting. */
    async function collect(bus: EventBus, group: string, fromBeginning = true) {
      const seen: DeliveredRecord[] = [];
      const subscription = await bus.subscribe({
        group,
        topics: [topic.name],
        fromBeginning,
        onBatch: async (batch) => void seen.push(...batch),
      });
      return { seen, subscription };
    }

    // A bus delivers at least once: a rebalance may refuse an offset, and its batch comes again.
    const values = (seen: readonly DeliveredRecord[]) =>
      firstOccurrences(seen)
        .map(({ value }) => Number(value))
        .toSorted((a, b) => a - b);
    const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);

    function expectOrderedByKey(seen: readonly DeliveredRecord[]): void {
      const last = new Map<string, number>();
      for (const { key, value } of firstOccurrences(seen)) {
        expect(Number(value)).toBeGreaterThan(last.get(key) ?? -1);
        last.set(key, Number(value));
      }
    }

    test('the records of a key arrive in the order of publication, none left out', async () => {
      const bus = await openFresh();
      const { seen } = await collect(bus, 'a');
      for (let from = 0; from < 300; from += 50) await bus.publish(records(50, 7, from));
      await vi.waitFor(() => expect(values(seen)).toEqual(upTo(300)), patience);
      expectOrderedByKey(seen);
      for (const { key, partition } of seen) expect(partition).toBe(partitionOf(key, 3));
    });

    test('what publish confirmed is there for a group that comes later, from the first record', async () => {
      const bus = await openFresh();
      await bus.publish(records(1_000));
      const { seen } = await collect(await open(), 'late');
      await vi.waitFor(() => expect(values(seen)).toEqual(upTo(1_000)), patience);
      expectOrderedByKey(seen);
    });

    test('a group that starts with news does not get what is older', async () => {
      const bus = await openFresh();
      await bus.publish(records(10));
      const { seen } = await collect(bus, 'news', false);
      // Joining is not instantaneous on every bus: publish until the first one arrives.
      let next = 10;
      await vi.waitFor(async () => {
        await bus.publish(records(1, 7, next));
        next += 1;
        expect(seen.length).toBeGreaterThan(0);
      }, patience);
      expect(Math.min(...values(seen))).toBeGreaterThanOrEqual(10);
    });

    test('groups are independent: each gets everything, none waits for another', async () => {
      const bus = await openFresh();
      await bus.subscribe({
        group: 'stuck',
        topics: [topic.name],
        fromBeginning: true,
        onBatch: () => Promise.reject(new Error('never')),
      });
      const one = await collect(bus, 'one');
      const two = await collect(bus, 'two');
      await bus.publish(records(100));
      await vi.waitFor(() => expect(values(one.seen)).toEqual(upTo(100)), patience);
      await vi.waitFor(() => expect(values(two.seen)).toEqual(upTo(100)), patience);
    });

    test('a batch that was rejected comes again before anything later of its keys', async () => {
      const bus = await openFresh();
      const handled: DeliveredRecord[] = [];
      const failures = new Map<number, number>();
      await bus.subscribe({
        group: 'fails',
        topics: [topic.name],
        fromBeginning: true,
        onBatch: async (batch) => {
          const partition = batch[0]?.partition ?? 0;
          const failed = failures.get(partition) ?? 0;
          failures.set(partition, failed + 1);
          if (failed < 2) throw new Error('not yet');
          handled.push(...batch);
        },
      });
      await bus.publish(records(60));
      await vi.waitFor(() => expect(values(handled)).toEqual(upTo(60)), patience);
      expectOrderedByKey(handled);
    });

    test('a group goes on where it left off', async () => {
      const bus = await openFresh();
      await bus.publish(records(50));
      const before = await collect(bus, 'resumes');
      await vi.waitFor(() => expect(values(before.seen)).toEqual(upTo(50)), patience);
      await before.subscription.stop();
      await bus.publish(records(50, 7, 50));
      const after = await collect(await open(), 'resumes');
      const newer = () => values(after.seen).filter((value) => value >= 50);
      await vi.waitFor(() => expect(newer()).toEqual(upTo(50, 50)), patience);
      expect(values(after.seen).length).toBeLessThan(100);
    });

    test('two members never have a key at the same time, and a member that leaves is replaced', async () => {
      const [bus, other] = [await openFresh(), await open()];
      const controls = [await collect(bus, 'control'), await collect(other, 'another control')];
      const busy = new Set<number>();
      const clashes: number[] = [];
      const seen: DeliveredRecord[] = [];
      let letGo = () => {};
      const gate = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const join = async (member: EventBus) =>
        await member.subscribe({
          group: 'shared',
          topics: [topic.name],
          fromBeginning: true,
          onBatch: async (batch) => {
            const partitions = new Set(batch.map(({ partition }) => partition));
            clashes.push(...[...partitions].filter((one) => busy.has(one)));
            for (const one of partitions) busy.add(one);
            await gate;
            seen.push(...batch);
            for (const one of partitions) busy.delete(one);
          },
        });
      const first = await join(bus);
      await join(other);
      // While one member holds its first batch, the other is woken again and again.
      for (let from = 0; from < 100; from += 20) {
        await bus.publish(records(20, 7, from));
        for (const control of controls) {
          await vi.waitFor(() => expect(values(control.seen)).toEqual(upTo(from + 20)), patience);
        }
      }
      letGo();
      await vi.waitFor(() => expect(new Set(values(seen)).size).toBe(100), patience);
      await first.stop();
      await bus.publish(records(50, 7, 100));
      await vi.waitFor(() => expect(new Set(values(seen)).size).toBe(150), patience);
      expect(clashes).toEqual([]);
    }, 60_000);

    test('a paused subscription gets nothing until it is resumed', async () => {
      const bus = await openFresh();
      const paused = await collect(bus, 'paused');
      const other = await collect(bus, 'other');
      await bus.publish(records(5));
      await vi.waitFor(() => expect(values(paused.seen)).toEqual(upTo(5)), patience);
      paused.subscription.pause();
      await bus.publish(records(5, 7, 5));
      await vi.waitFor(() => expect(values(other.seen)).toEqual(upTo(10)), patience);
      expect(values(paused.seen)).toEqual(upTo(5));
      paused.subscription.resume();
      await vi.waitFor(() => expect(values(paused.seen)).toEqual(upTo(10)), patience);
    });

    test('the largest events pass, many at once', async () => {
      const bus = await openFresh();
      const large = upTo(8).map((at) => ({
        topic: topic.name,
        key: 'one',
        value: `${at} ${'ఆ'.repeat(160_000)}`,
      }));
      const { seen } = await collect(bus, 'large');
      await bus.publish(large);
      await vi.waitFor(() => expect(firstOccurrences(seen)).toHaveLength(8), patience);
      expect(firstOccurrences(seen).map(({ value }) => value)).toEqual(
        large.map(({ value }) => value),
      );
    });

    test('an unknown topic is refused, and an empty publication is none', async () => {
      const bus = await openFresh();
      await expect(
        bus.publish([{ topic: `absent-${randomUUID()}`, key: 'a', value: '0' }]),
      ).rejects.toThrow();
      await bus.publish([]);
      await vi.waitFor(async () => expect(await bus.ready()).toBe(true), patience);
    });

    test.skipIf(!harness.interrupt)(
      'after an interruption it goes on without loss and in order',
      async () => {
        const bus = await openFresh();
        const { seen } = await collect(bus, 'survivor');
        await bus.publish(records(30));
        await vi.waitFor(() => expect(values(seen)).toEqual(upTo(30)), patience);
        await harness.interrupt?.();
        await vi.waitFor(() => bus.publish(records(30, 7, 30)), { ...patience, timeout: 50_000 });
        await vi.waitFor(() => expect(new Set(values(seen))).toEqual(new Set(upTo(60))), {
          ...patience,
          timeout: 50_000,
        });
        await vi.waitFor(async () => expect(await bus.ready()).toBe(true), patience);
        expectOrderedByKey(seen);
      },
      120_000,
    );
  });
}

const firstOccurrences = (seen: readonly DeliveredRecord[]): DeliveredRecord[] =>
  [...new Map(seen.toReversed().map((record) => [record.value, record])).values()].toReversed();

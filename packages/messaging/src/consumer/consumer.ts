import type { SqlTransaction } from '@eventxperts/database';
import type { Logger } from 'pino';
import { createBackoff } from '../backoff.ts';
import { pause } from '../bell.ts';
import type { DeliveredRecord, EventBus, Subscription } from '../bus/event-bus.ts';
import { laneOf } from '../bus/partition.ts';
import { topicOf } from '../contract/event-type.ts';
import type { Applier } from './apply.ts';
import { createLane, type LaneCounters } from './lane.ts';
import { type Message, readMessage } from './message.ts';

export interface ConsumerConfig<Tx extends SqlTransaction> extends Applier<Tx> {
  readonly bus: Pick<EventBus, 'subscribe'>;
  readonly log: Logger;
  /** Transactions at a time. */
  readonly lanes: number;
  /** Called after a batch: its handlers, or parking, may have appended events. */
  readonly onApplied: () => void;
}

export interface Consumer {
  /** Returns at once; the subscription is made as soon as the bus can be reached. */
  start(): void;
  stop(): Promise<void>;
  ready(): boolean;
  counters(): Readonly<LaneCounters>;
}

/** Applies the events of the bus to the domain's database, each once and those of a key in order. */
export function createConsumer<Tx extends SqlTransaction>(config: ConsumerConfig<Tx>): Consumer {
  const { consumer, handlers, bus, log, onApplied } = config;
  const wanted = new Set(handlers.flatMap(({ types }) => types));
  const topics = [...new Set([...wanted].map(topicOf))];
  const stopping = new AbortController();
  const counters: LaneCounters = { applied: 0, parked: 0 };
  const lanes = Array.from({ length: config.lanes }, () =>
    inTurn(createLane(config, counters, log)),
  );
  const backoff = createBackoff({ first: 250, most: 15_000 });
  let subscription: Subscription | undefined;
  let subscribing: Promise<void> = Promise.resolve();

  async function onBatch(records: readonly DeliveredRecord[]): Promise<void> {
    const byLane = new Map<number, Message[]>();
    for (const record of records) {
      const message = readMessage(record, wanted);
      if (!message) continue;
      const lane = laneOf(record.key, lanes.length);
      const messages = byLane.get(lane) ?? [];
      byLane.set(lane, messages);
      messages.push(message);
    }
    const work = [...byLane].map(([lane, messages]) => lanes[lane]?.(messages, stopping.signal));
    const results = await Promise.allSettled(work);
    if (results.length > 0) onApplied();
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') {
      rest();
      throw failed.reason;
    }
    backoff.reset();
  }

  /** Something the handlers need is down: asking again at once would only add to its load. */
  function rest(): void {
    subscription?.pause();
    void pause(backoff.next(), stopping.signal).then(() => subscription?.resume());
  }

  async function subscribe(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const options = { group: consumer, topics, onBatch, fromBeginning: true };
        subscription = await bus.subscribe(options);
        return;
      } catch (error) {
        log.warn({ err: error, consumer }, 'Could not subscribe to the event bus; trying again.');
        await pause(backoff.next(), stopping.signal);
      }
    }
  }

  return {
    start() {
      if (topics.length > 0) subscribing = subscribe();
    },
    async stop() {
      stopping.abort();
      await subscribing;
      await subscription?.stop();
    },
    ready: () => topics.length === 0 || subscription !== undefined,
    counters: () => counters,
  };
}

type Process = (messages: readonly Message[], signal: AbortSignal) => Promise<void>;

/** A bus may deliver several partitions at once: a lane takes one batch after the other. */
function inTurn({ process }: { process: Process }): Process {
  let last: Promise<unknown> = Promise.resolve();
  return (messages, signal) => {
    const turn = last.then(() => process(messages, signal));
    last = turn.catch(() => undefined);
    return turn;
  };
}

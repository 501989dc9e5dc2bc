import type { SqlTransaction } from '@eventxperts/database';
import type { Logger } from 'pino';
import type { EventBus } from './bus/event-bus.ts';
import type { Applier } from './consumer/apply.ts';
import { createConsumer } from './consumer/consumer.ts';
import type { EventHandler } from './consumer/handler.ts';
import { dropForgottenDays } from './consumer/inbox.ts';
import {
  discardParked,
  listParked,
  type ParkedMessage,
  type RedriveOptions,
  redrive,
} from './consumer/redrive.ts';
import { type MessagingMetrics, readBacklog } from './messaging-metrics.ts';
import { createRelay } from './outbox/relay.ts';
import { type RepublishSource, republish } from './republish.ts';

export interface MessagingConfig<Tx extends SqlTransaction> {
  /** The domain, such as `bookings`: its consumer group and the name of its sessions. */
  readonly domain: string;
  readonly databaseUrl: string;
  /** Runs a READ COMMITTED transaction of the domain's client. */
  readonly transact: <R>(run: (tx: Tx) => Promise<R>) => Promise<R>;
  /** Started and stopped by whoever made it: domains of one process share one. */
  readonly bus: EventBus;
  readonly handlers: readonly EventHandler<Tx>[];
  readonly log: Logger;
  /** What `republish` tells; none by default. */
  readonly republish?: readonly RepublishSource<Tx>[];
  /** Handler transactions at a time, 2 by default; keep it below the domain's pool. */
  readonly lanes?: number;
}

/** A domain's way to and from the event bus. */
export interface Messaging {
  /** Never waits for the bus: a domain starts and takes mutations while its broker is down. */
  start(): Promise<void>;
  /** Finishes the batch in hand. Unpublished events stay in the outbox. */
  stop(): Promise<void>;
  /** Whether the relay has its session and the handlers are subscribed. */
  ready(): Promise<boolean>;
  /** Call after every commit that appended events: they are published at once instead of within a second. */
  wake(): void;
  parked(): Promise<ParkedMessage[]>;
  redrive(options?: RedriveOptions): Promise<number>;
  discardParked(seq: bigint): Promise<boolean>;
  republish(): Promise<number>;
  metrics(): Promise<MessagingMetrics>;
}

const forgetEvery = 3_600_000;
/** Not at the start itself, which should be quick; but also in a process that lives less than an hour. */
const forgetFirst = 60_000;

export function createMessaging<Tx extends SqlTransaction>(config: MessagingConfig<Tx>): Messaging {
  const { domain, databaseUrl, transact, bus, handlers, log, lanes = 2 } = config;
  const applier: Applier<Tx> = { consumer: domain, transact, handlers };
  const relay = createRelay({ databaseUrl, domain, bus, log });
  const consumer = createConsumer({ ...applier, bus, log, lanes, onApplied: relay.wake });
  const janitor: NodeJS.Timeout[] = [];

  const forget = () =>
    transact(dropForgottenDays).catch((error: unknown) =>
      log.warn({ err: error, domain }, 'Could not drop old inbox partitions.'),
    );

  return {
    async start() {
      relay.start();
      consumer.start();
      janitor.push(
        setTimeout(forget, forgetFirst).unref(),
        setInterval(forget, forgetEvery).unref(),
      );
    },
    async stop() {
      for (const timer of janitor) clearTimeout(timer);
      await Promise.all([consumer.stop(), relay.stop()]);
    },
    ready: async () => relay.ready() && consumer.ready(),
    wake: relay.wake,
    parked: () => listParked(applier),
    redrive: async (options) => {
      const applied = await redrive(applier, options);
      relay.wake();
      return applied;
    },
    discardParked: (seq) => discardParked(applier, seq),
    republish: async () => {
      const events = await republish(transact, config.republish ?? []);
      relay.wake();
      return events;
    },
    metrics: async () => ({
      ...(await transact((tx) => readBacklog(tx, domain))),
      published: relay.published(),
      ...consumer.counters(),
    }),
  };
}

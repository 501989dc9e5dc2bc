import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { createBackoff } from '../../backoff.ts';
import { createBell, pause as waitFor } from '../../bell.ts';
import type { SubscribeOptions } from '../event-bus.ts';
import { commitRecords, readRecords } from './offsets.ts';

/** One subscription as the bus sees it: it delivers only while it holds its group. */
export interface Member {
  readonly group: string;
  readonly topics: readonly string[];
  ring(): void;
  pause(): void;
  resume(): void;
  /** Delivers until the signal aborts; the caller holds the group for that long. */
  deliver(signal: AbortSignal): Promise<void>;
}

/** Backstop for a lost notification, in milliseconds; the bus itself sweeps each second. */
const idleWait = 5_000;

export function createMember(pool: Pool, options: SubscribeOptions, log: Logger): Member {
  const { group, topics, onBatch } = options;
  const bell = createBell();
  const backoff = createBackoff({ first: 50, most: 5_000 });
  let paused = false;

  /** Returns whether there was anything to deliver. */
  async function deliverBatch(signal: AbortSignal): Promise<boolean> {
    const records = await readRecords(pool, group, topics);
    // The group may have been lost, or paused, while the records were read.
    if (records.length === 0 || paused || signal.aborted) return false;
    await onBatch(records);
    await commitRecords(pool, group, records);
    return true;
  }

  async function drain(signal: AbortSignal): Promise<void> {
    while (!paused && !signal.aborted) {
      try {
        if (!(await deliverBatch(signal))) return;
        backoff.reset();
      } catch (error) {
        log.warn({ err: error, group }, 'A batch was not handled; it comes again.');
        await waitFor(backoff.next(), signal);
      }
    }
  }

  return {
    group,
    topics,
    ring: () => bell.ring(),
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      bell.ring();
    },
    async deliver(signal) {
      while (!signal.aborted) {
        await drain(signal);
        await bell.wait(idleWait, signal);
      }
    },
  };
}

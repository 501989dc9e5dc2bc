import type { FaultRun } from '@eventxperts/faults';
import { expect } from 'vitest';
import type { DomainDatabase } from './domain-database.ts';
import { expectSeenOnce } from './invariants.ts';
import { killAndRestart } from './kill-run.ts';
import type { PlanSize } from './plan.ts';
import { type Killer, routeOf } from './route.ts';
import type { Stage } from './stage.ts';
import { consumerGroup } from './victim/consumer.ts';

export interface ConsumerRunOptions {
  /** Takes a protection away between the death and the restart. */
  readonly sabotage?: (projection: DomainDatabase) => Promise<unknown>;
}

/** Promises 2 and 3: a consumer is killed; every event is applied once, in its turn. */
export const consumerRun =
  (stage: Stage, plan: PlanSize, killer: Killer, options: ConsumerRunOptions = {}): FaultRun =>
  async (kill) => {
    const { script, projection, bus, patience } = stage;
    await stage.reset();
    const things = await stage.history(plan);
    const { addresses, ...route } = routeOf(killer, projection.url, bus);
    return await killAndRestart({
      ...route,
      script,
      patience,
      kill,
      orderFor: (port) => ({ role: 'consumer', ...addresses(port) }),
      done: async () => {
        expect(await bus.lag(consumerGroup)).toBe(0);
        await expectSeenOnce(projection.sql, things);
      },
      atDeath: async () => {
        await projection.idle();
        await options.sabotage?.(projection);
      },
    });
  };

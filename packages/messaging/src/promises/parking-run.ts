import type { FaultRun } from '@eventxperts/faults';
import { expect } from 'vitest';
import { expectSeenOnce } from './invariants.ts';
import { killAndRestart } from './kill-run.ts';
import type { PlanSize } from './plan.ts';
import { expectParkedBehind, outcomeWith, poisonOf } from './poison.ts';
import { type Killer, routeOf } from './route.ts';
import type { Stage } from './stage.ts';
import { consumerGroup } from './victim/consumer.ts';

/** The batch once, then five times alone. */
const mostTries = 6;

/**
 * Promise 4: a consumer that meets a poison message is killed; the message is parked with the later
 * ones of its key behind it, and all other keys have moved on.
 */
export const parkingRun =
  (stage: Stage, plan: PlanSize, killer: Killer): FaultRun =>
  async (kill) => {
    const { script, projection, bus, patience } = stage;
    await stage.reset();
    const things = await stage.history(plan);
    const poison = poisonOf(plan);
    const last = things.find(({ id }) => id === poison.key)?.version ?? 0;
    const { addresses, ...route } = routeOf(killer, projection.url, bus);
    return await killAndRestart({
      ...route,
      script,
      patience,
      kill,
      orderFor: (port) => ({ role: 'consumer', poison: poison.value, ...addresses(port) }),
      done: async (victim) => {
        expect(await bus.lag(consumerGroup)).toBe(0);
        await expectSeenOnce(projection.sql, outcomeWith(poison, plan));
        await expectParkedBehind(poison, projection.sql, last);
        expect(victim.messages().length).toBeLessThanOrEqual(mostTries);
      },
    });
  };

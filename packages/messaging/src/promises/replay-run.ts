import type { FaultRun } from '@eventxperts/faults';
import { expect } from 'vitest';
import { consumerRun } from './consumer-run.ts';
import { expectSeenOnce, thingsOf } from './invariants.ts';
import { killAndRestart } from './kill-run.ts';
import { loggedEvent } from './logged-event.ts';
import type { PlanSize } from './plan.ts';
import { type Killer, routeOf } from './route.ts';
import type { Stage } from './stage.ts';
import { consumerGroup } from './victim/consumer.ts';

/**
 * Promise 2: the topic holds everything twice, as after a relay that was killed before it could
 * forget, and the consumer reads it again from the first record; nothing changes, killed or not.
 */
export const replayRun =
  (stage: Stage, plan: PlanSize, killer: Killer): FaultRun =>
  async (kill) => {
    const { script, database, projection, bus, patience } = stage;
    await consumerRun(stage, plan, 'database')(undefined);
    await bus.idle();
    const things = await thingsOf(database.sql);
    const values = await bus.log();
    await bus.publish(
      values.map((value) => ({ topic: 'user', key: loggedEvent(value).key, value })),
    );
    await bus.rewind();
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
    });
  };

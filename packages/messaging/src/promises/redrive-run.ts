import type { FaultRun } from '@eventxperts/faults';
import { expect } from 'vitest';
import { fillOutbox, recordsOf } from './fill-outbox.ts';
import { expectSeenOnce, thingsOf } from './invariants.ts';
import { killAndRestart } from './kill-run.ts';
import { parkingRun } from './parking-run.ts';
import type { PlanSize } from './plan.ts';
import { type Killer, routeOf } from './route.ts';
import type { Stage } from './stage.ts';
import { consumerGroup } from './victim/consumer.ts';

/**
 * Promise 4: the consumer comes back with its fault mended and redrives while further events of the
 * parked key arrive; it is killed; in the end each event was applied once, in its turn.
 */
export const redriveRun =
  (stage: Stage, plan: PlanSize, killer: Killer): FaultRun =>
  async (kill) => {
    const { script, database, projection, bus, patience } = stage;
    await parkingRun(stage, plan, 'database')(undefined);
    await Promise.all([projection.idle(), bus.idle()]);
    await fillOutbox(database, { ...plan, seed: plan.seed + 1 });
    await bus.publish(await recordsOf(database));
    const things = await thingsOf(database.sql);
    const { addresses, ...route } = routeOf(killer, projection.url, bus);
    return await killAndRestart({
      ...route,
      script,
      patience,
      kill,
      orderFor: (port) => ({ role: 'redriver', ...addresses(port) }),
      done: async () => {
        const { rows } = await projection.sql.query('select key, version from platform.parked');
        expect(rows).toEqual([]);
        expect(await bus.lag(consumerGroup)).toBe(0);
        await expectSeenOnce(projection.sql, things);
      },
    });
  };

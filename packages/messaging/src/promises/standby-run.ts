import { createFaultProxy, eventually, type FaultRun } from '@eventxperts/faults';
import { expect } from 'vitest';
import { fillOutbox } from './fill-outbox.ts';
import { expectEventsOf, outboxOf, thingsOf } from './invariants.ts';
import { log, spawnOrder } from './kill-run.ts';
import { loggedEvent } from './logged-event.ts';
import type { PlanSize } from './plan.ts';
import { type Killer, routeOf } from './route.ts';
import type { Stage } from './stage.ts';

/** Promises 1 and 3: the leading relay is killed and never comes back; the one standing by goes on. */
export const standbyRun =
  ({ script, database, bus, reset }: Stage, plan: PlanSize, killer: Killer): FaultRun =>
  async (kill) => {
    await reset();
    await fillOutbox(database, plan);
    const { addresses, target, framer } = routeOf(killer, database.url, bus);
    const proxy = await createFaultProxy({ target, framer, log });
    const leader = spawnOrder(script, { role: 'relay', ...addresses(proxy.port) });
    if (kill) proxy.on(kill.frame, { kind: 'kill', when: kill.when, victim: () => leader });
    await eventually(() => expect(proxy.frames().length).toBeGreaterThan(0));
    const standby = spawnOrder(script, { role: 'relay', ...addresses(target) });
    try {
      await eventually(async () => expect(await outboxOf(database.sql)).toEqual([]), 30_000);
      expectEventsOf(await thingsOf(database.sql), (await bus.log()).map(loggedEvent));
      return { frames: proxy.frames().length, killed: proxy.acted() > 0 };
    } finally {
      await Promise.all([leader.kill(), standby.kill()]);
      await proxy.stop();
    }
  };

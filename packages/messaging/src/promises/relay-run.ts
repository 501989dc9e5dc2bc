import type { FaultRun } from '@eventxperts/faults';
import { expect } from 'vitest';
import { fillOutbox } from './fill-outbox.ts';
import { expectEventsOf, outboxOf, thingsOf } from './invariants.ts';
import { killAndRestart } from './kill-run.ts';
import { loggedEvent } from './logged-event.ts';
import type { PlanSize } from './plan.ts';
import { type Killer, routeOf } from './route.ts';
import type { Stage } from './stage.ts';

/** Promises 1 and 3: a relay is killed; the log has every event, in order, and nothing else. */
export const relayRun =
  ({ script, database, bus, reset, patience }: Stage, plan: PlanSize, killer: Killer): FaultRun =>
  async (kill) => {
    const expectWholeLog = async () =>
      expectEventsOf(await thingsOf(database.sql), (await bus.log()).map(loggedEvent));
    await reset();
    await fillOutbox(database, plan);
    const { addresses, ...route } = routeOf(killer, database.url, bus);
    const result = await killAndRestart({
      ...route,
      script,
      patience,
      kill,
      orderFor: (port) => ({ role: 'relay', ...addresses(port) }),
      done: async () => {
        expect(await outboxOf(database.sql)).toEqual([]);
        // A relay that empties the outbox too early is whole as long as nobody kills it: let it finish.
        if (!kill) await expectWholeLog();
      },
    });
    await expectWholeLog();
    return result;
  };

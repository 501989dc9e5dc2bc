import { eventually, type FaultRun } from '@eventxperts/faults';
import { expect } from 'vitest';
import type { BusRecord } from '../bus/event-bus.ts';
import { expectEventsOf, outboxOf, projectionOf, thingsOf } from './invariants.ts';
import { killAndRestart, spawnOrder } from './kill-run.ts';
import { loggedEvent } from './logged-event.ts';
import type { PlanSize } from './plan.ts';
import { type Killer, routeOf } from './route.ts';
import type { Stage } from './stage.ts';
import { consumerGroup } from './victim/consumer.ts';

/**
 * Promise 7: a domain tells its state again and is killed while it does. The log stays in order, and
 * a projection built from what was told again equals one built from the whole history.
 */
export const republishRun =
  (stage: Stage, plan: PlanSize, killer: Killer): FaultRun =>
  async (kill) => {
    const { script, database, bus, patience } = stage;
    await stage.reset();
    await stage.history(plan);
    const { addresses, ...route } = routeOf(killer, database.url, bus);
    const result = await killAndRestart({
      ...route,
      script,
      patience,
      kill,
      orderFor: (port) => ({ role: 'republisher', ...addresses(port) }),
      done: async (victim) => {
        expect(victim.messages()).toHaveLength(1);
        expect(await outboxOf(database.sql)).toEqual([]);
      },
    });
    const things = await thingsOf(database.sql);
    const log = (await bus.log()).map((value) => ({ value, event: loggedEvent(value) }));
    expectEventsOf(
      things,
      log.map(({ event }) => event),
    );
    const records = log.map(({ value, event }) => ({ topic: 'user', key: event.key, value }));
    expect(await projected(stage, records)).toEqual(things);
    expect(await projected(stage, records.filter(isToldAgain))).toEqual(things);
    return result;
  };

const isToldAgain = ({ value }: BusRecord): boolean => JSON.parse(value).republished === true;

/** What a new consumer makes of the records. */
async function projected({ script, projection, bus }: Stage, records: readonly BusRecord[]) {
  await Promise.all([projection.reset(), bus.reset()]);
  await bus.publish(records);
  const consumer = spawnOrder(script, {
    role: 'consumer',
    databaseUrl: projection.url,
    bus: bus.address(),
  });
  try {
    await eventually(async () => expect(await bus.lag(consumerGroup)).toBe(0), 30_000);
    return await projectionOf(projection.sql);
  } finally {
    await consumer.kill();
  }
}

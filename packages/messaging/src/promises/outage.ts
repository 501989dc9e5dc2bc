import { createFaultProxy, eventually } from '@eventxperts/faults';
import { expect } from 'vitest';
import { expectEventsOf, expectSeenOnce, outboxOf, thingsOf } from './invariants.ts';
import { log, spawnOrder } from './kill-run.ts';
import { loggedEvent } from './logged-event.ts';
import type { PlanSize } from './plan.ts';
import type { Stage } from './stage.ts';

/** The longest the relay and the consumer wait between attempts, and some more, in milliseconds. */
const patience = 60_000;

/**
 * Promises 5 and 6: while the broker cannot be reached every mutation commits and is answered, its
 * events wait in the outbox, and when the broker is back they are published in order.
 */
export async function expectOutageSurvived(stage: Stage, plan: PlanSize): Promise<void> {
  const { script, database, projection, bus } = stage;
  await stage.reset();
  const proxy = await createFaultProxy({ target: bus.target, framer: bus.framer, log });
  const address = bus.address(proxy.port);
  const relay = spawnOrder(script, { role: 'relay', databaseUrl: database.url, bus: address });
  const consumer = spawnOrder(script, {
    role: 'consumer',
    databaseUrl: projection.url,
    bus: address,
  });
  const write = async (changes: number) => {
    const order = {
      role: 'writer',
      plan: { ...plan, changes },
      databaseUrl: database.url,
    } as const;
    const writer = spawnOrder(script, order);
    await writer.exited;
    return writer.messages().length;
  };
  const everythingSeen = async () => {
    expect(await outboxOf(database.sql)).toEqual([]);
    await expectSeenOnce(projection.sql, await thingsOf(database.sql));
  };
  try {
    const before = Math.floor(plan.changes / 3);
    expect(await write(before)).toBe(before);
    await eventually(everythingSeen, patience);

    proxy.down();
    const during = plan.changes - before;
    expect(await write(plan.changes)).toBe(during);
    expect(await outboxOf(database.sql)).toHaveLength(during);
    expect(await bus.log()).toHaveLength(before);

    proxy.up();
    await eventually(everythingSeen, patience);
    expectEventsOf(await thingsOf(database.sql), (await bus.log()).map(loggedEvent));
  } finally {
    await Promise.all([relay.kill(), consumer.kill()]);
    await proxy.stop();
  }
}

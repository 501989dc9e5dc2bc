import { eventually } from '@eventxperts/faults';
import { expect } from 'vitest';
import { outboxOf } from './invariants.ts';
import { spawnOrder } from './kill-run.ts';
import { type LoggedEvent, loggedEvent } from './logged-event.ts';
import type { PlanSize } from './plan.ts';
import type { Stage } from './stage.ts';

export interface RushOptions {
  readonly withoutRowLock?: boolean;
}

/** Changes of few keys, eight at a time, while three relays run; what the log then holds. */
export async function rush(
  { script, database, bus, reset }: Stage,
  plan: PlanSize,
  options: RushOptions = {},
): Promise<LoggedEvent[]> {
  await reset();
  const databaseUrl = database.url;
  const relays = [1, 2, 3].map(() =>
    spawnOrder(script, { role: 'relay', databaseUrl, bus: bus.address() }),
  );
  const writer = spawnOrder(script, { role: 'writer', databaseUrl, plan, lanes: 8, ...options });
  try {
    // What the writer's own relay would do after each commit.
    while (writer.isAlive()) await database.sql.query('notify platform_outbox');
    expect(writer.messages()).toHaveLength(plan.changes);
    await eventually(async () => expect(await outboxOf(database.sql)).toEqual([]), 30_000);
    return (await bus.log()).map(loggedEvent);
  } finally {
    await Promise.all([writer, ...relays].map((victim) => victim.kill()));
  }
}

import { bundleVictim } from '@eventxperts/faults';
import { type DomainDatabase, domainDatabase } from './domain-database.ts';
import { fillOutbox, recordsOf } from './fill-outbox.ts';
import { thingsOf } from './invariants.ts';
import type { PlanSize, ThingState } from './plan.ts';
import type { TestBus } from './test-bus.ts';

/** What the processes of a run work on. */
export interface Stage {
  /** The bundled victim. */
  readonly script: string;
  /** The publishing domain. */
  readonly database: DomainDatabase;
  /** The consuming domain. */
  readonly projection: DomainDatabase;
  readonly bus: TestBus;
  /** The longest a victim may take, in milliseconds. */
  readonly patience: number;
  reset(): Promise<void>;
  /** Carries out the plan and publishes its events, with nobody in the way. */
  history(plan: PlanSize): Promise<ThingState[]>;
  stop(): Promise<void>;
}

export const victimEntry = new URL('./victim/main.ts', import.meta.url).pathname;

export async function createStage(bus: TestBus): Promise<Stage> {
  const [bundle, database, projection] = await Promise.all([
    bundleVictim(victimEntry),
    domainDatabase(),
    domainDatabase(),
  ]);
  return {
    script: bundle.script,
    database,
    projection,
    bus,
    patience: 30_000,
    reset: async () => {
      await Promise.all([database.reset(), projection.reset(), bus.reset()]);
    },
    history: async (plan) => {
      await fillOutbox(database, plan);
      await bus.publish(await recordsOf(database));
      await database.sql.query('truncate platform.outbox');
      return await thingsOf(database.sql);
    },
    stop: async () => {
      await Promise.all([database.drop(), projection.drop(), bus.stop(), bundle.remove()]);
    },
  };
}

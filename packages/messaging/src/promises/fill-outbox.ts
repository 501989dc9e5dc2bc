import type { BusRecord } from '../bus/event-bus.ts';
import type { DomainDatabase } from './domain-database.ts';
import { type PlanSize, planOf } from './plan.ts';
import { pgTransact } from './victim/pg-transact.ts';
import { changeThing } from './victim/thing.ts';

/** Carries out the plan with nobody in the way, and leaves its events in the outbox. */
export async function fillOutbox({ sql }: DomainDatabase, plan: PlanSize): Promise<void> {
  const transact = pgTransact(sql);
  for (const change of planOf(plan)) await transact((tx) => changeThing(tx, change));
}

/** What a relay would publish. */
export async function recordsOf({ sql }: DomainDatabase): Promise<BusRecord[]> {
  const { rows } = await sql.query<BusRecord>(
    'select topic, key, body as value from platform.outbox order by seq',
  );
  return rows;
}

import type { Pool } from 'pg';
import { expect } from 'vitest';
import { outcomeOf, type PlanSize, planOf, type ThingState } from './plan.ts';

/** A change in the middle of a key's history that no handler can take. */
export interface Poison {
  readonly key: string;
  readonly version: number;
  readonly value: string;
}

/** The second change of the first key that has at least three. */
export function poisonOf(size: PlanSize): Poison {
  const plan = planOf(size);
  const thing = outcomeOf(plan).find(({ version }) => version >= 3);
  const change = plan.filter(({ key }) => key === thing?.id)[1];
  if (change === undefined) throw new Error('No key has three changes: choose another seed.');
  return { ...change, version: 2 };
}

/** Where the projection stands while the poison and what follows it wait. */
export function outcomeWith(poison: Poison, size: PlanSize): ThingState[] {
  const plan = planOf(size);
  const at = plan.findIndex(({ value }) => value === poison.value);
  return outcomeOf(plan.filter(({ key }, index) => key !== poison.key || index < at));
}

/** Promise 4: the poison and all later events of its key wait, each once; nothing else does. */
export async function expectParkedBehind(poison: Poison, sql: Pool, last: number): Promise<void> {
  const { rows } = await sql.query(
    `select key, version::int, error is null as waits from platform.parked order by version, seq`,
  );
  expect(rows).toEqual(
    Array.from({ length: last - poison.version + 1 }, (_, index) => ({
      key: poison.key,
      version: poison.version + index,
      waits: index > 0,
    })),
  );
}

import { seededRandom } from '@eventxperts/faults';

/** One mutation of one thing. */
export interface Change {
  readonly key: string;
  readonly value: string;
}

export interface PlanSize {
  readonly seed: number;
  readonly keys: number;
  readonly changes: number;
}

export const keyOf = (index: number): string =>
  `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

/**
 * What is to be done, the same for whoever asks with the same size: a writer that was killed goes on
 * after as many changes as its table holds.
 */
export function planOf({ seed, keys, changes }: PlanSize): Change[] {
  const random = seededRandom(seed);
  return Array.from({ length: changes }, (_, index) => ({
    key: keyOf(index < keys ? index : Math.floor(random() * keys)),
    value: `change ${index + 1}`,
  }));
}

export interface ThingState {
  readonly id: string;
  readonly version: number;
  readonly value: string;
}

/** Where the plan ends, by id. */
export function outcomeOf(plan: readonly Change[]): ThingState[] {
  const things = new Map<string, ThingState>();
  for (const { key, value } of plan) {
    things.set(key, { id: key, version: (things.get(key)?.version ?? 0) + 1, value });
  }
  return [...things.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

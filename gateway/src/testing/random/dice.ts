import fc, { type GeneratorValue } from 'fast-check';

/** Random choices that fast-check makes, so that it can make a failing example smaller. */
export interface Dice {
  int(min: number, max: number): number;
  /** True in so many of a hundred. */
  chance(percent: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** At least one. */
  some<T>(items: readonly T[]): T[];
}

export function createDice(generate: GeneratorValue): Dice {
  const int = (min: number, max: number): number => generate(fc.integer, { min, max });
  return {
    int,
    chance: (percent) => int(0, 99) >= 100 - percent,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    some: (items) => {
      const chosen = items.filter(() => int(0, 1) === 1);
      return chosen.length > 0 ? chosen : items.slice(0, 1);
    },
  };
}

/** A number out of a text, always the same: what a resolver answers depends on nothing else. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  value ^= value >>> 12;
  return value >>> 0;
}

export interface Backoff {
  /** The next wait in milliseconds: doubles from `first` to `most`, with up to a quarter of jitter. */
  next(): number;
  reset(): void;
}

export function createBackoff({ first, most }: { first: number; most: number }): Backoff {
  let failures = 0;
  return {
    next() {
      const wait = Math.min(most, first * 2 ** failures);
      failures += 1;
      return wait * (1 - Math.random() / 4);
    },
    reset() {
      failures = 0;
    },
  };
}

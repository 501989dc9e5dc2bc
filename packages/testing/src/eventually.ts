import { setTimeout as wait } from 'node:timers/promises';

/** Asks until the answer is there. Throws what was last wrong after `withinMs`. */
export async function eventually<T>(ask: () => Promise<T>, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await wait(25);
    }
  }
}

import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `check` no longer throws and returns its answer.
 * @throws what `check` threw last, after `withinMilliseconds` (10,000 by default).
 */
export async function eventually<Answer>(
  check: () => Answer | Promise<Answer>,
  withinMilliseconds = 10_000,
): Promise<Answer> {
  const deadline = performance.now() + withinMilliseconds;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await pause(20);
  }
}

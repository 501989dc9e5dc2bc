import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

export interface RetryOptions {
  /** Runs at most so many times in all. Default 5. */
  readonly attempts?: number;
}

const firstWait = 10;

/**
 * Runs a whole transaction again when PostgreSQL gave it up for the sake of another one: a
 * serialization failure (40001) or a deadlock (40P01). Every other error passes through at once.
 */
export async function retrySerialization<R>(
  run: () => Promise<R>,
  { attempts = 5 }: RetryOptions = {},
): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attempts || !lostToAnother(error)) throw error;
      // Jitter: the same two would meet again if both came back at the same moment.
      await delay(firstWait * 2 ** attempt * Math.random());
    }
  }
}

const gaveUp = z.enum(['40001', '40P01', 'P2034']);
const withCode = z.object({ code: gaveUp });
/** How Prisma reports a driver's error out of raw SQL and out of a commit. */
const withDriverError = z.object({
  meta: z.object({
    driverAdapterError: z.object({ cause: z.object({ originalCode: gaveUp }) }),
  }),
});
const withConflict = z.object({ cause: z.object({ kind: z.literal('TransactionWriteConflict') }) });
const withCause = z.object({ cause: z.object({ originalCode: gaveUp }) });

const lostToAnother = (error: unknown): boolean =>
  [withCode, withDriverError, withConflict, withCause].some(
    (shape) => shape.safeParse(error).success,
  );

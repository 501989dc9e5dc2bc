import { CodedError } from '@eventxperts/errors';
import { z } from 'zod';
import type { SqlTransaction } from '../sql-transaction.ts';
import { type RetryOptions, retrySerialization } from './retry-serialization.ts';

/** The part of a generated PrismaClient that opens an interactive transaction. */
export interface TransactingClient<Tx extends SqlTransaction> {
  $transaction<R>(
    run: (tx: Tx) => Promise<R>,
    options?: { maxWait?: number; timeout?: number },
  ): Promise<R>;
}

export type Transact<Tx extends SqlTransaction> = <R>(run: (tx: Tx) => Promise<R>) => Promise<R>;

/**
 * Transactions of a domain, each run again when it lost against another one.
 * @throws CodedError UNAVAILABLE when no connection came free in time; nothing was done.
 */
export function createTransact<Tx extends SqlTransaction>(
  client: TransactingClient<Tx>,
  options: RetryOptions = {},
): Transact<Tx> {
  return (run) =>
    retrySerialization(
      () => client.$transaction(run, { maxWait: 10_000, timeout: 30_000 }),
      options,
    ).catch(tellBusy);
}

const neverStarted = z.object({
  code: z.literal('P2028'),
  message: z.string().includes('Unable to start a transaction'),
});

function tellBusy(cause: unknown): never {
  if (!neverStarted.safeParse(cause).success) throw cause;
  throw new CodedError('UNAVAILABLE', 'Too much to do right now. Try again.', { cause });
}

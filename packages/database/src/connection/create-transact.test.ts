import { CodedError } from '@eventxperts/errors';
import { expect, it } from 'vitest';
import { createTransact } from './create-transact.ts';

/** A client whose transactions end as Prisma's do, with this error. */
const failing = (error: Error & { code?: string }) => ({
  $transaction: () => Promise.reject(error),
});

const prismaError = (code: string, message: string) => Object.assign(new Error(message), { code });

it('tells a client to try again when no connection came free', async () => {
  const busy = prismaError(
    'P2028',
    'Transaction API error: Unable to start a transaction in the given time.',
  );
  const failure = await createTransact(failing(busy))(async () => 1).catch((error) => error);
  expect(failure).toBeInstanceOf(CodedError);
  expect(failure).toMatchObject({ extensions: { code: 'UNAVAILABLE' }, originalError: busy });
});

it('passes on what went wrong within a transaction', async () => {
  const late = prismaError('P2028', 'Transaction API error: Transaction already closed.');
  await expect(createTransact(failing(late))(async () => 1)).rejects.toBe(late);
});

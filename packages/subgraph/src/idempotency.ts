import { createHash } from 'node:crypto';
import type { SqlTransaction } from '@eventxperts/database';
import { badInput, CodedError } from '@eventxperts/errors';
import type { Caller } from '@eventxperts/identity';
import { z } from 'zod';

/** One mutation as its client may send it twice. */
export interface IdempotentCall {
  readonly caller: Caller;
  /** The `Idempotency-Key` header; without one, or without an account, every call is a new one. */
  readonly key: string | undefined;
  /** The response path: one key covers every mutation of an operation. */
  readonly field: string;
  readonly input: unknown;
}

const keySchema = z.string().min(1).max(200);

const remembered = z.array(z.object({ ids: z.array(z.string()), same: z.boolean() }));

/**
 * Makes something at most once for a key. The key is written in the mutation's own transaction, so a
 * second call waits for the first to commit and then gets `load` of what that made, as it is now; if
 * the first rolled back, the second makes it.
 * @throws CodedError IDEMPOTENCY_MISMATCH when the key came with another input before.
 */
export async function once<Made extends { readonly id: string }>(
  tx: SqlTransaction,
  { caller, key, field, input }: IdempotentCall,
  make: () => Promise<readonly Made[]>,
  load: (ids: readonly string[]) => Promise<readonly Made[]>,
): Promise<readonly Made[]> {
  if (key === undefined || caller.kind !== 'user') return make();
  if (!keySchema.safeParse(key).success) {
    throw badInput('Idempotency-Key', 'Must have 1 to 200 characters.');
  }
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  const isFirst = await tx.$executeRawUnsafe(
    `insert into platform.idempotency (caller, key, field, input_hash, ids)
     values ($1, $2, $3, decode($4, 'hex'), '{}') on conflict do nothing`,
    caller.id,
    key,
    field,
    hash,
  );
  if (isFirst) {
    const made = await make();
    await tx.$executeRawUnsafe(
      `update platform.idempotency set ids = $4::uuid[] where caller = $1 and key = $2 and field = $3`,
      caller.id,
      key,
      field,
      made.map(({ id }) => id),
    );
    return made;
  }
  const [before] = remembered.parse(
    await tx.$queryRawUnsafe(
      `select ids::text[] as ids, input_hash = decode($4, 'hex') as same
       from platform.idempotency where caller = $1 and key = $2 and field = $3`,
      caller.id,
      key,
      field,
      hash,
    ),
  );
  if (!before?.same) throw new CodedError('IDEMPOTENCY_MISMATCH');
  return load(before.ids);
}

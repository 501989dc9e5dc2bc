import type { SqlTransaction } from '@eventxperts/database';
import type { EventType } from '../contract/event-type.ts';
import { type Applier, handle, refusal } from './apply.ts';
import { readMessage } from './message.ts';
import { type Line, lockLines } from './parking.ts';

/** A message that waits in `platform.parked`. */
export interface ParkedMessage {
  /** Names it to {@link discardParked}. */
  readonly seq: bigint;
  readonly topic: string;
  readonly key: string;
  readonly version: bigint;
  /** Null for a message that waits behind another of its key. */
  readonly error: string | null;
  readonly parkedAt: Date;
}

export interface RedriveOptions {
  readonly topic?: string;
  readonly key?: string;
}

interface ParkedRow extends Line {
  readonly seq: string;
  readonly version: string;
  readonly value: string;
}

/** The parked messages of a consumer, first those parked first. At most 1,000. */
export function listParked<Tx extends SqlTransaction>({
  consumer,
  transact,
}: Applier<Tx>): Promise<ParkedMessage[]> {
  return transact(async (tx) => {
    const rows = await tx.$queryRawUnsafe<
      (Omit<ParkedMessage, 'seq' | 'version' | 'parkedAt'> &
        Record<'seq' | 'version' | 'at', string>)[]
    >(
      `select seq::text, topic, key, version::text, error, extract(epoch from parked_at)::text as at
       from platform.parked where consumer = $1 order by seq limit 1000`,
      consumer,
    );
    return rows.map(({ seq, version, at, ...rest }) => ({
      ...rest,
      seq: BigInt(seq),
      version: BigInt(version),
      parkedAt: new Date(Number(at) * 1_000),
    }));
  });
}

/**
 * Applies parked messages, each line in the order of versions and up to its first failure. Returns how
 * many were applied. Messages that arrive meanwhile wait behind the line or follow it.
 */
export async function redrive<Tx extends SqlTransaction>(
  applier: Applier<Tx>,
  options: RedriveOptions = {},
): Promise<number> {
  let applied = 0;
  for (const line of await parkedLines(applier, options)) {
    while (await applyFirst(applier, line)) applied += 1;
  }
  return applied;
}

/** Gives up a parked message: its effect never happens here, and its line goes on without it. */
export function discardParked<Tx extends SqlTransaction>(
  { consumer, transact }: Applier<Tx>,
  seq: bigint,
): Promise<boolean> {
  return transact(async (tx) => {
    const removed = await tx.$executeRawUnsafe(
      'delete from platform.parked where consumer = $1 and seq = $2::bigint',
      consumer,
      String(seq),
    );
    return removed > 0;
  });
}

function parkedLines<Tx extends SqlTransaction>(
  { consumer, transact }: Applier<Tx>,
  { topic, key }: RedriveOptions,
): Promise<Line[]> {
  return transact((tx) =>
    tx.$queryRawUnsafe<Line[]>(
      `select topic, key from platform.parked
       where consumer = $1 and ($2::text is null or topic = $2) and ($3::text is null or key = $3)
       group by topic, key order by min(seq)`,
      consumer,
      topic ?? null,
      key ?? null,
    ),
  );
}

/** Applies the first message of a line. Returns false when the line is empty or its first fails again. */
async function applyFirst<Tx extends SqlTransaction>(
  applier: Applier<Tx>,
  line: Line,
): Promise<boolean> {
  const { consumer, transact, handlers } = applier;
  let current: ParkedRow | undefined;
  try {
    return await transact(async (tx) => {
      await lockLines(tx, consumer, [line]);
      current = await firstOf(tx, consumer, line);
      if (!current) return false;
      await tx.$executeRawUnsafe('delete from platform.parked where seq = $1::bigint', current.seq);
      await applyParked(tx, current, handlers);
      return true;
    });
  } catch (error) {
    if (!current) throw error;
    await noteFailure(applier, current.seq, String(error));
    return false;
  }
}

async function firstOf(
  tx: SqlTransaction,
  consumer: string,
  { topic, key }: Line,
): Promise<ParkedRow | undefined> {
  const [first] = await tx.$queryRawUnsafe<ParkedRow[]>(
    `select seq::text, topic, key, version::text, value from platform.parked
     where consumer = $1 and topic = $2 and key = $3 order by version, seq limit 1`,
    consumer,
    topic,
    key,
  );
  return first;
}

async function applyParked<Tx extends SqlTransaction>(
  tx: Tx,
  { topic, key, value }: ParkedRow,
  handlers: Applier<Tx>['handlers'],
): Promise<void> {
  const wanted = new Set<EventType>(handlers.flatMap(({ types }) => types));
  const message = readMessage({ topic, key, value, partition: 0, offset: 0n }, wanted);
  // No handler wants its type any more: there is nothing left to do for it.
  if (!message) return;
  const refused = refusal(message);
  if (refused) throw refused;
  if (message.envelope) await handle(tx, [message], handlers);
}

function noteFailure<Tx extends SqlTransaction>(
  { transact }: Applier<Tx>,
  seq: string,
  error: string,
): Promise<number> {
  return transact((tx) =>
    tx.$executeRawUnsafe(
      'update platform.parked set error = $2 where seq = $1::bigint',
      seq,
      error,
    ),
  );
}

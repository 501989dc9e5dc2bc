import { createListener, createPool, type Listener } from '@eventxperts/database';
import type { Logger } from 'pino';
import { createSubscriber, type Subscriber } from './subscriber.ts';

/** One update as the log has it. `seq` is gapless within the stream. */
export interface LiveUpdate {
  readonly stream: string;
  readonly seq: bigint;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Live {
  /** Updates committed after this call, in order. End it with `return()`. */
  subscribe(stream: string): Promise<AsyncIterableIterator<LiveUpdate>>;
  /** Call after a commit that appended: readers on every replica look at once. */
  wake(): void;
  subscribers(): number;
  /** Deletes updates older than a day: their cursors have expired. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

interface Reader {
  readonly stream: string;
  seen: bigint;
  readonly out: Subscriber<LiveUpdate>;
}

const channel = 'platform_live';
const sweepMs = 1_000;
const readerCapacity = 1_000;
const pageSize = 500;

interface Row {
  stream: string;
  seq: string;
  payload: Record<string, unknown>;
}

/**
 * Follows the live log of one database for any number of readers: one connection listens, one query
 * reads for all streams that somebody follows, and a sweep each second covers a lost wake.
 */
export function createLive({ databaseUrl, log }: { databaseUrl: string; log: Logger }): Live {
  const pool = createPool({ url: databaseUrl, max: 1, name: 'live' });
  const readers = new Set<Reader>();
  let listening: Promise<Listener> | undefined;
  let sweep: NodeJS.Timeout | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  let waking: NodeJS.Timeout | undefined;

  /** A listener that could not connect is given up: the next subscriber tries a new one. */
  const listen = () => {
    listening ??= startListening().catch((error: unknown) => {
      listening = undefined;
      throw error;
    });
    return listening;
  };
  const startListening = async () => {
    const opened = createListener({ url: databaseUrl, log });
    try {
      await opened.listen(channel, read);
      return opened;
    } catch (error) {
      await opened.stop();
      throw error;
    }
  };

  async function readOnce(): Promise<void> {
    if (readers.size === 0) return;
    const from = [...readers].reduce((lowest, { stream, seen }) => {
      const known = lowest.get(stream);
      return lowest.set(stream, known === undefined || seen < known ? seen : known);
    }, new Map<string, bigint>());
    const { rows } = await pool.query<Row>(
      `select l.stream, l.seq, l.payload
         from unnest($1::text[], $2::bigint[]) as f (stream, seen)
        cross join lateral (
          select * from platform.live l
           where l.stream = f.stream and l.seq > f.seen order by l.seq limit ${pageSize}
        ) l`,
      [[...from.keys()], [...from.values()].map(String)],
    );
    for (const row of rows) deliver({ ...row, seq: BigInt(row.seq) });
    if (rows.length >= pageSize) again = true;
  }

  function deliver(update: LiveUpdate): void {
    for (const reader of readers) {
      if (reader.stream !== update.stream || update.seq <= reader.seen) continue;
      reader.seen = update.seq;
      reader.out.push(update);
    }
  }

  /** One read at a time; a wake during a read asks for one more after it. */
  function read(): void {
    again = true;
    reading ??= (async () => {
      while (again) {
        again = false;
        await readOnce().catch((error: unknown) => log.warn({ err: error }, 'live read failed'));
      }
    })().finally(() => {
      reading = undefined;
    });
  }

  function leave(reader: Reader): void {
    readers.delete(reader);
    if (readers.size > 0) return;
    clearInterval(sweep);
    sweep = undefined;
  }

  return {
    async subscribe(stream) {
      await listen();
      const { rows } = await pool.query<{ seq: string }>(
        'select seq from platform.live_stream where stream = $1',
        [stream],
      );
      const reader: Reader = {
        stream,
        seen: BigInt(rows[0]?.seq ?? 0),
        out: createSubscriber<LiveUpdate>(readerCapacity, () => leave(reader)),
      };
      readers.add(reader);
      sweep ??= setInterval(read, sweepMs);
      read();
      return reader.out;
    },

    wake() {
      waking ??= setTimeout(() => {
        waking = undefined;
        pool
          .query(`notify ${channel}`)
          .catch((error: unknown) => log.warn({ err: error }, 'live wake failed'));
      }, 5).unref();
    },

    subscribers: () => readers.size,

    async forget() {
      await pool.query(`delete from platform.live where at < now() - interval '1 day'`);
    },

    async stop() {
      clearTimeout(waking);
      for (const { out } of readers) await out.return?.();
      await reading;
      await (await listening?.catch(() => undefined))?.stop();
      await pool.end();
    },
  };
}

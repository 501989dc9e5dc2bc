import type { Logger } from 'pino';
import { createBackoff } from '../backoff.ts';
import { createBell, pause } from '../bell.ts';
import type { BusRecord, EventBus } from '../bus/event-bus.ts';
import { keepSession, type SessionConnection } from '../postgres/keep-session.ts';

export interface RelayConfig {
  /** The domain's database. */
  readonly databaseUrl: string;
  readonly domain: string;
  readonly bus: Pick<EventBus, 'publish'>;
  readonly log: Logger;
  /** Most rows published at once. */
  readonly batchSize?: number;
}

export interface Relay {
  start(): void;
  stop(): Promise<void>;
  /** Call after a commit that appended events. Cheap, and may be called for every commit. */
  wake(): void;
  /** Whether it can publish now, or stands by for the one that does. */
  ready(): boolean;
  /** Rows published since the start. */
  published(): number;
}

interface OutboxRow extends BusRecord {
  readonly seq: string;
}

const channel = 'platform_outbox';
/** Backstop for a crash between commit and wake, in milliseconds. */
const sweepEvery = 1_000;
const coalesceWakes = 5;
/** Keeps a batch of the largest rows within memory, in bytes. */
const batchBytes = 8_000_000;

const claim = `select pg_try_advisory_lock(hashtextextended('platform.outbox', 0)) as leads`;

// No cursor and no `seq <=` bound: a row becomes visible after rows with a larger seq, and any memory
// of how far we came would skip it. What is still in the table is what is still to be published.
const nextRows = `
  select seq, topic, key, body as value
  from (
    select *, sum(octet_length(body)) over (order by seq) - octet_length(body) as bytes_before
    from (select seq, topic, key, body from platform.outbox order by seq limit $1) first_rows
  ) measured
  where bytes_before < $2
  order by seq`;

const forget = 'delete from platform.outbox where seq = any($1::bigint[])';

/**
 * Publishes the outbox in order. Of all relays of a database the holder of a session advisory lock
 * works and the others stand by; a deposed one can only repeat what its successor also publishes.
 */
export function createRelay({
  databaseUrl,
  domain,
  bus,
  log,
  batchSize = 1_000,
}: RelayConfig): Relay {
  const bell = createBell();
  const backoff = createBackoff({ first: 100, most: 5_000 });
  let published = 0;
  let session: { connection: SessionConnection; leads: boolean } | undefined;
  let pendingWake: NodeJS.Timeout | undefined;

  /** Publishes one batch. Returns whether more may wait. */
  async function relayBatch(connection: SessionConnection): Promise<boolean> {
    const { rows } = await connection.query<OutboxRow>(nextRows, [batchSize, batchBytes]);
    if (rows.length === 0) return false;
    await bus.publish(rows.map(({ topic, key, value }) => ({ topic, key, value })));
    await connection.query(forget, [rows.map(({ seq }) => seq)]);
    published += rows.length;
    return true;
  }

  async function drain(connection: SessionConnection, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!(await relayBatch(connection))) return;
        backoff.reset();
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error, domain }, 'Could not publish the outbox; trying again.');
        await pause(backoff.next(), signal);
      }
    }
  }

  async function run(connection: SessionConnection, signal: AbortSignal): Promise<void> {
    const current = { connection, leads: false };
    session = current;
    connection.onNotification(() => bell.ring());
    await connection.query(`set idle_in_transaction_session_timeout = '30s'; listen ${channel}`);
    while (!signal.aborted) {
      if (!current.leads) {
        const { rows } = await connection.query<{ leads: boolean }>(claim);
        current.leads = rows[0]?.leads === true;
      }
      if (current.leads) await drain(connection, signal);
      await bell.wait(sweepEvery, signal);
    }
  }

  const kept = keepSession({ url: databaseUrl, name: `${domain} relay`, log, run });

  /** Never inside the mutation: NOTIFY takes a lock over the whole server at commit. */
  function notifyLeader(): void {
    pendingWake = undefined;
    // Lost with the session: the leader's sweep finds the rows.
    session?.connection.query(`notify ${channel}`).catch(() => undefined);
  }

  return {
    start: kept.start,
    async stop() {
      clearTimeout(pendingWake);
      await kept.stop();
    },
    wake() {
      if (session?.leads) bell.ring();
      else pendingWake ??= setTimeout(notifyLeader, coalesceWakes);
    },
    ready: kept.connected,
    published: () => published,
  };
}

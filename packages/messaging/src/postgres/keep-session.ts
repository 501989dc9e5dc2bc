import { Client, type QueryResult, type QueryResultRow } from 'pg';
import type { Logger } from 'pino';
import { createBackoff } from '../backoff.ts';
import { pause } from '../bell.ts';

export interface SessionConfig {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  readonly log: Logger;
  /** Runs on each new connection until the signal aborts: at stop, or when the connection is lost. */
  readonly run: (connection: SessionConnection, signal: AbortSignal) => Promise<void>;
}

export interface SessionConnection {
  /** Statements of different callers run one after the other. */
  query<Row extends QueryResultRow>(
    sql: string,
    values?: unknown[],
  ): Promise<Pick<QueryResult<Row>, 'rows'>>;
  onNotification(listener: (payload: string) => void): void;
}

export interface Session {
  start(): void;
  stop(): Promise<void>;
  /** Whether a connection stands now. */
  connected(): boolean;
}

/** A half-open connection answers nothing: a statement that takes longer ends it, in milliseconds. */
const statementLimit = 30_000;

/**
 * Keeps one connection of its own, for what lives and dies with a session: advisory locks and LISTEN.
 * A lost connection is opened again with growing waits, and `run` begins anew.
 */
export function keepSession({ url, name, log, run }: SessionConfig): Session {
  const stopping = new AbortController();
  const backoff = createBackoff({ first: 50, most: 5_000 });
  let connected = false;
  let finished: Promise<void> = Promise.resolve();

  async function live(): Promise<void> {
    const lost = new AbortController();
    const client = new Client({
      connectionString: url,
      application_name: name,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: statementLimit,
    });
    client.on('error', (error) => lost.abort(error));
    client.on('end', () => lost.abort());
    try {
      await client.connect();
      connected = true;
      backoff.reset();
      await run(connectionOf(client), AbortSignal.any([stopping.signal, lost.signal]));
      if (lost.signal.aborted && !stopping.signal.aborted) throw lost.signal.reason;
    } finally {
      connected = false;
      // A half-open connection never confirms the farewell.
      await Promise.race([client.end().catch(() => undefined), pause(1_000, stopping.signal)]);
    }
  }

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await live();
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.warn({ err: error, session: name }, 'Lost a database session; connecting again.');
        await pause(backoff.next(), stopping.signal);
      }
    }
  }

  return {
    start() {
      finished = keep();
    },
    async stop() {
      stopping.abort();
      await finished;
    },
    connected: () => connected,
  };
}

function connectionOf(client: Client): SessionConnection {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query<Row extends QueryResultRow>(sql: string, values?: unknown[]) {
      const result = last.then(() => client.query<Row>(sql, values));
      last = result.catch(() => undefined);
      return result;
    },
    onNotification(listener) {
      client.on('notification', ({ payload }) => listener(payload ?? ''));
    },
  };
}

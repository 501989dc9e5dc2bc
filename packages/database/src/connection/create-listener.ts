import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

/** `payload` is undefined after a reconnection: anything may have been missed, so look. */
export type OnNotification = (payload: string | undefined) => void;

export interface Listener {
  /** Resolves once the server will notify. Several callbacks may share a channel. */
  listen(channel: string, onNotification: OnNotification): Promise<void>;
  stop(): Promise<void>;
}

export interface ListenerOptions {
  readonly url: string;
  readonly log: Pick<Logger, 'warn'>;
}

const firstWait = 50;
const longestWait = 5_000;

/** LISTEN on a connection of its own, since a pool would give it away. It reconnects for ever. */
export function createListener({ url, log }: ListenerOptions): Listener {
  const channels = new Map<string, OnNotification[]>();
  const stopping = new AbortController();
  let connected: Promise<pg.Client> | undefined;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'listener',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    client.on('notification', ({ channel, payload }) => notify(channel, payload));
    client.on('error', () => undefined);
    try {
      await client.connect();
      for (const channel of channels.keys()) await client.query(listenTo(channel));
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    client.once('end', reconnect);
    return client;
  }

  /** The first connection fails to whoever asked for it, and the next who asks tries again. */
  function startOver(error: unknown): never {
    connected = undefined;
    throw error;
  }

  function reconnect(): void {
    if (stopping.signal.aborted) return;
    connected = connectAgain();
    // Whoever listens next awaits it; until then nobody may be there to see it end.
    connected.catch(() => undefined);
  }

  async function connectAgain(): Promise<pg.Client> {
    for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
      await delay(wait * (0.5 + Math.random() / 2), undefined, { signal: stopping.signal });
      try {
        const client = await connect();
        for (const channel of channels.keys()) notify(channel, undefined);
        return client;
      } catch (error) {
        log.warn({ err: error }, 'cannot listen to the database; trying again');
      }
    }
  }

  function notify(channel: string, payload: string | undefined): void {
    for (const onNotification of channels.get(channel) ?? []) onNotification(payload);
  }

  return {
    async listen(channel, onNotification) {
      connected ??= connect().catch(startOver);
      const client = await connected;
      // Registered first: a reconnection meanwhile listens to it as well.
      channels.set(channel, [...(channels.get(channel) ?? []), onNotification]);
      await client.query(listenTo(channel));
    },
    async stop() {
      stopping.abort();
      const client = await connected?.catch(() => undefined);
      await client?.end();
    },
  };
}

const listenTo = (channel: string): string => `LISTEN ${pg.escapeIdentifier(channel)}`;

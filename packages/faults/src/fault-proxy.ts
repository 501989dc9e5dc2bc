import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Logger } from 'pino';
import { Connection, type FrameGate } from './connection.ts';
import type { FaultAction } from './fault-action.ts';
import type { Direction, Frame, Framer } from './frame.ts';

export interface FrameRecord {
  /** From 1, over all connections and both directions, in the order the proxy met them. */
  readonly number: number;
  readonly connection: number;
  readonly direction: Direction;
  readonly label: string;
}

export interface FaultProxy {
  /** On 127.0.0.1. */
  readonly port: number;
  frames(): readonly FrameRecord[];
  /** Acts at that frame, once. A frame that never comes is never acted on: see `acted`. */
  on(frameNumber: number, action: FaultAction): void;
  /** How many of the actions set so far were carried out. */
  acted(): number;
  /** From now on the server cannot be reached: open connections are reset, new ones too. */
  down(): void;
  up(): void;
  stop(): Promise<void>;
}

export interface FaultProxyConfig {
  /** The real server's port on 127.0.0.1. */
  readonly target: number;
  readonly framer: Framer;
  readonly log: Logger;
}

/** A TCP proxy on loopback that can fail at an exact frame. Give each victim process its own. */
export async function createFaultProxy(config: FaultProxyConfig): Promise<FaultProxy> {
  const records: FrameRecord[] = [];
  const actions = new Map<number, FaultAction>();
  const open = new Set<Connection>();
  let accepted = 0;
  let acted = 0;
  let reachable = true;

  const act = async (action: FaultAction, connection: Connection): Promise<void> => {
    acted += 1;
    switch (action.kind) {
      case 'kill':
        action.victim().kill();
        for (const each of open) each.sever();
        return;
      case 'cut':
        connection.reset();
        return;
      case 'stall':
        await action.until;
        return;
    }
  };

  const gateOf = (connection: Connection, id: number): FrameGate => {
    let action: FaultAction | undefined;
    return {
      before: async (frame: Frame) => {
        const number = records.length + 1;
        records.push({ number, connection: id, direction: frame.direction, label: frame.label });
        action = actions.get(number);
        if (action !== undefined && momentOf(action) === 'before') await act(action, connection);
      },
      after: async () => {
        if (action !== undefined && momentOf(action) === 'after') await act(action, connection);
      },
    };
  };

  const accept = async (client: Socket): Promise<void> => {
    if (!reachable) {
      client.resetAndDestroy();
      return;
    }
    accepted += 1;
    const id = accepted;
    const server = connect({ host: '127.0.0.1', port: config.target, allowHalfOpen: true });
    for (const socket of [client, server]) socket.setNoDelay(true);
    const reader = config.framer.open({ proxyPort: port, targetPort: config.target });
    const connection = new Connection(client, server, reader);
    open.add(connection);
    try {
      await connection.run(() => gateOf(connection, id));
    } finally {
      open.delete(connection);
    }
  };

  const listener = createServer({ allowHalfOpen: true }, (client) => {
    accept(client).catch((error: unknown) => {
      config.log.error({ err: error, protocol: config.framer.protocol }, 'connection given up');
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP port was given.');
  const port = address.port;

  return {
    port,
    frames: () => records,
    on: (frameNumber, action) => void actions.set(frameNumber, action),
    acted: () => acted,
    down: () => {
      reachable = false;
      for (const each of open) each.reset();
    },
    up: () => {
      reachable = true;
    },
    stop: async () => {
      reachable = false;
      for (const each of open) each.reset();
      listener.close();
      await once(listener, 'close');
    },
  };
}

const momentOf = (action: FaultAction) => (action.kind === 'stall' ? 'before' : action.when);

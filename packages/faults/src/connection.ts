import type { Socket } from 'node:net';
import type { Direction, Frame, FrameReader } from './frame.ts';

/** Asked before each frame of one direction goes on, and told after the system has its bytes. */
export interface FrameGate {
  before(frame: Frame): Promise<void>;
  after(): Promise<void>;
}

/** One client's connection and its twin to the server, joined frame by frame. */
export class Connection {
  private severed = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly reader: FrameReader,
  ) {}

  /** Settles when both sides are closed. @throws FramingError */
  async run(gateOf: () => FrameGate): Promise<void> {
    const closed = Promise.all([closeOf(this.client), closeOf(this.server)]);
    const { client, server } = this;
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
    try {
      await Promise.all([
        this.pump(client, server, 'toServer', gateOf()),
        this.pump(server, client, 'toClient', gateOf()),
      ]);
    } finally {
      this.reset();
      await closed;
    }
  }

  /** Nothing more passes; what was forwarded to the server is not taken back. */
  sever(): void {
    this.severed = true;
    this.client.destroy();
    this.server.end();
  }

  reset(): void {
    this.severed = true;
    this.client.destroy();
    this.server.destroy();
  }

  private pump(from: Socket, to: Socket, direction: Direction, gate: FrameGate): Promise<void> {
    return new Promise((resolve, reject) => {
      from.on('data', (chunk) => {
        from.pause();
        this.forward(chunk, to, direction, gate).then(() => from.resume(), reject);
      });
      from.on('end', () => to.end());
      from.on('close', () => resolve());
    });
  }

  private async forward(chunk: Buffer, to: Socket, direction: Direction, gate: FrameGate) {
    if (this.severed) return;
    for (const frame of this.reader.read(direction, chunk)) {
      if (this.severed) return;
      await gate.before(frame);
      if (this.severed) return;
      // Waiting for the system to have the bytes is what makes "after" mean after.
      await new Promise<void>((resolve) => to.write(frame.bytes, () => resolve()));
      await gate.after();
    }
  }
}

/** Unlike `events.once`, an error on the way there is no failure. */
const closeOf = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));

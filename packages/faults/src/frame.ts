export type Direction = 'toServer' | 'toClient';

/** One message of a protocol, whole: the smallest step between which a process can be killed. */
export interface Frame {
  readonly direction: Direction;
  /** What the protocol calls it (`Parse`, `CommandComplete`, `Produce`), for reports. */
  readonly label: string;
  readonly bytes: Buffer;
}

/** Follows one connection. Stateful: the two directions of a protocol explain each other. */
export interface FrameReader {
  /**
   * The frames that `chunk` completes, in order; the rest waits for more bytes.
   * @throws FramingError when the bytes cannot be of this protocol.
   */
  read(direction: Direction, chunk: Buffer): Frame[];
}

/**
 * How a protocol is cut into frames. One for HTTP would yield each head and body chunk, one for
 * SMTP each command line, reply line and the data block.
 */
export interface Framer {
  readonly protocol: string;
  /** @param route where the proxy listens and what it stands before, both on loopback. */
  open(route: Route): FrameReader;
}

export interface Route {
  readonly proxyPort: number;
  readonly targetPort: number;
}

export class FramingError extends Error {
  override readonly name = 'FramingError';
}

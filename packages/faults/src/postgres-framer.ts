import { ByteQueue } from './byte-queue.ts';
import type { Direction, Frame, FrameReader, Framer } from './frame.ts';
import { FramingError } from './frame.ts';
import { clientMessages, serverMessages } from './postgres-labels.ts';

const CANCEL_REQUEST = 80877102;
const SSL_REQUEST = 80877103;
const GSS_ENCRYPTION_REQUEST = 80877104;

/** PostgreSQL's frontend/backend protocol 3, unencrypted. */
export const postgresFramer: Framer = {
  protocol: 'postgresql',
  open: () => new PostgresReader(),
};

class PostgresReader implements FrameReader {
  private readonly fromClient = new ByteQueue();
  private readonly fromServer = new ByteQueue();
  private started = false;
  /** Encryption requests not answered yet: each is answered by one byte, not by a message. */
  private negotiations = 0;

  read(direction: Direction, chunk: Buffer): Frame[] {
    const queue = direction === 'toServer' ? this.fromClient : this.fromServer;
    queue.push(chunk);
    const frames: Frame[] = [];
    for (let next = this.next(direction); next !== undefined; next = this.next(direction)) {
      frames.push(next);
    }
    return frames;
  }

  private next(direction: Direction): Frame | undefined {
    if (direction === 'toClient') {
      return this.negotiations > 0
        ? this.negotiationAnswer()
        : typed(direction, this.fromServer, serverMessages);
    }
    return this.started ? typed(direction, this.fromClient, clientMessages) : this.opening();
  }

  /** Before the session starts a client's messages have a length and no type. */
  private opening(): Frame | undefined {
    const bytes = takeMessage(this.fromClient, 0);
    if (bytes === undefined) return undefined;
    return { direction: 'toServer', label: this.openingLabel(bytes.readInt32BE(4)), bytes };
  }

  private openingLabel(code: number): string {
    switch (code) {
      case SSL_REQUEST:
        this.negotiations += 1;
        return 'SSLRequest';
      case GSS_ENCRYPTION_REQUEST:
        this.negotiations += 1;
        return 'GSSENCRequest';
      case CANCEL_REQUEST:
        return 'CancelRequest';
      default:
        this.started = true;
        return 'StartupMessage';
    }
  }

  private negotiationAnswer(): Frame | undefined {
    const bytes = this.fromServer.take(1);
    if (bytes === undefined) return undefined;
    if (bytes.toString('latin1') !== 'N') {
      throw new FramingError('The server agreed to encrypt; frames can be read in plain only.');
    }
    this.negotiations -= 1;
    return { direction: 'toClient', label: 'EncryptionRefused', bytes };
  }
}

function typed(
  direction: Direction,
  queue: ByteQueue,
  labels: Readonly<Record<string, string>>,
): Frame | undefined {
  const bytes = takeMessage(queue, 1);
  if (bytes === undefined) return undefined;
  const type = bytes.toString('latin1', 0, 1);
  const label = labels[type];
  if (label === undefined) throw new FramingError(`No PostgreSQL message has type ${type}.`);
  return { direction, label, bytes };
}

/** The length counts itself and what follows, not the type before it. */
function takeMessage(queue: ByteQueue, typeBytes: 0 | 1): Buffer | undefined {
  const length = queue.int32At(typeBytes);
  if (length === undefined) return undefined;
  // An opening message also carries its code, hence 8.
  if (length < (typeBytes === 1 ? 4 : 8)) {
    throw new FramingError(`A PostgreSQL message cannot be ${length} bytes long.`);
  }
  return queue.take(typeBytes + length);
}

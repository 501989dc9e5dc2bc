import { ByteQueue } from './byte-queue.ts';
import type { Direction, Frame, FrameReader, Framer, Route } from './frame.ts';
import { FramingError } from './frame.ts';
import { apiName } from './kafka-labels.ts';

/** Size, API key, API version, correlation id: what every request begins with. */
const REQUEST_HEADER = 12;
const LARGEST_FRAME = 100 * 1024 * 1024;

/** Kafka's protocol, unencrypted, before a broker that advertises 127.0.0.1 or localhost. */
export const kafkaFramer: Framer = {
  protocol: 'kafka',
  open: (route) => new KafkaReader(route),
};

class KafkaReader implements FrameReader {
  private readonly fromClient = new ByteQueue();
  private readonly fromServer = new ByteQueue();
  /** Request names by correlation id: a response does not say what it answers. */
  private readonly asked = new Map<number, string>();

  constructor(private readonly route: Route) {}

  read(direction: Direction, chunk: Buffer): Frame[] {
    const queue = direction === 'toServer' ? this.fromClient : this.fromServer;
    queue.push(chunk);
    const frames: Frame[] = [];
    for (let bytes = takeFrame(queue); bytes !== undefined; bytes = takeFrame(queue)) {
      frames.push(direction === 'toServer' ? this.request(bytes) : this.response(bytes));
    }
    return frames;
  }

  private request(bytes: Buffer): Frame {
    if (bytes.length < REQUEST_HEADER) throw new FramingError('A Kafka request without a header.');
    const label = apiName(bytes.readInt16BE(4));
    this.asked.set(bytes.readInt32BE(8), label);
    return { direction: 'toServer', label, bytes };
  }

  private response(bytes: Buffer): Frame {
    const correlation = bytes.readInt32BE(4);
    const name = this.asked.get(correlation) ?? 'Unasked';
    this.asked.delete(correlation);
    return { direction: 'toClient', label: `${name}Response`, bytes: this.readdress(name, bytes) };
  }

  /**
   * A broker tells its clients where to connect next, which would lead them past the proxy. Host
   * and width of the port stay the same, so the port is overwritten in place.
   */
  private readdress(name: string, bytes: Buffer): Buffer {
    if (name !== 'Metadata' && name !== 'FindCoordinator') return bytes;
    const readdressed = Buffer.from(bytes);
    for (const host of ['127.0.0.1', 'localhost']) {
      const address = Buffer.alloc(host.length + 4);
      address.write(host, 'latin1');
      address.writeInt32BE(this.route.targetPort, host.length);
      for (let at = bytes.indexOf(address); at >= 0; at = bytes.indexOf(address, at + 1)) {
        readdressed.writeInt32BE(this.route.proxyPort, at + host.length);
      }
    }
    return readdressed;
  }
}

function takeFrame(queue: ByteQueue): Buffer | undefined {
  const size = queue.int32At(0);
  if (size === undefined) return undefined;
  if (size < 4 || size > LARGEST_FRAME) {
    throw new FramingError(`A Kafka frame cannot be ${size} bytes long.`);
  }
  return queue.take(4 + size);
}

import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { kafkaFramer } from './kafka-framer.ts';

const METADATA = 3;
const PRODUCE = 0;

const sized = (body: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length);
  return Buffer.concat([size, body]);
};

const request = (api: number, correlation: number, payload = ''): Buffer => {
  const header = Buffer.alloc(8);
  header.writeInt16BE(api, 0);
  header.writeInt32BE(correlation, 4);
  return sized(Buffer.concat([header, Buffer.from(payload)]));
};

/** What a broker says about where it listens: a length, its host, its port. */
const addressOf = (port: number): Buffer => {
  const address = Buffer.alloc(2 + 9 + 4);
  address.writeInt16BE(9, 0);
  address.write('127.0.0.1', 2, 'latin1');
  address.writeInt32BE(port, 11);
  return address;
};

let broker: Server;
let brokerPort: number;
let proxy: FaultProxy;
let client: Socket;

/** Answers every request with its correlation id and its own address. */
const answer = (socket: Socket) => {
  socket.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; at += 4 + chunk.readInt32BE(at)) {
      socket.write(sized(Buffer.concat([chunk.subarray(at + 8, at + 12), addressOf(brokerPort)])));
    }
  });
};

beforeEach(async () => {
  broker = createServer(answer).listen(0, '127.0.0.1');
  await once(broker, 'listening');
  const address = broker.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  brokerPort = address.port;
  const log = pino({ level: 'silent' });
  proxy = await createFaultProxy({ target: brokerPort, framer: kafkaFramer, log });
  client = connect(proxy.port, '127.0.0.1');
  await once(client, 'connect');
});

afterEach(async () => {
  client.destroy();
  await proxy.stop();
  broker.close();
});

const receive = async (bytes: number): Promise<Buffer> => {
  let got = Buffer.alloc(0);
  while (got.length < bytes) got = Buffer.concat([got, (await once(client, 'data'))[0]]);
  return got;
};

const RESPONSE = 4 + 4 + 15;

test('requests and their responses are frames by name, pipelined or not', async () => {
  client.write(Buffer.concat([request(METADATA, 1), request(PRODUCE, 2, 'records')]));
  await receive(2 * RESPONSE);
  expect(
    proxy
      .frames()
      .map((frame) => frame.label)
      .toSorted(),
  ).toEqual(['Metadata', 'MetadataResponse', 'Produce', 'ProduceResponse']);
});

test('metadata leads clients back to the proxy, data stays as it is', async () => {
  client.write(request(METADATA, 1));
  expect((await receive(RESPONSE)).subarray(8)).toEqual(addressOf(proxy.port));
  client.write(request(PRODUCE, 2));
  expect((await receive(RESPONSE)).subarray(8)).toEqual(addressOf(brokerPort));
});

test('a request torn in two is one frame', async () => {
  const bytes = request(PRODUCE, 7, 'records');
  client.write(bytes.subarray(0, 9));
  client.write(bytes.subarray(9));
  await receive(RESPONSE);
  expect(proxy.frames().map((frame) => frame.label)).toEqual(['Produce', 'ProduceResponse']);
});

test('a frame longer than any Kafka frame ends the connection', async () => {
  client.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  await once(client, 'close');
  expect(proxy.frames()).toEqual([]);
});

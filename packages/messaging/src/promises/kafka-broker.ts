import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startKafka } from '../../../../scripts/kafka.mjs';

export interface Broker {
  /** `127.0.0.1:port` */
  readonly address: string;
  stop(): Promise<void>;
}

/** The first of KAFKA_BROKERS, or a broker of this run's own. */
export async function kafkaBroker(): Promise<Broker> {
  const given = process.env.KAFKA_BROKERS?.split(',')[0];
  if (given) return { address: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'eventxperts-kafka-'));
  const node = await startKafka({ port: await freePort(), dataDir });
  return {
    address: node.brokers,
    stop: async () => {
      await node.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

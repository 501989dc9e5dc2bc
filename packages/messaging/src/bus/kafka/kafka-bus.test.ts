import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { canRunKafka, freePort, startKafka } from '../../../../../scripts/kafka.mjs';
import { type BusHarness, describeEventBus } from '../event-bus.contract.ts';
import { createKafkaBus } from './kafka-bus.ts';

const given = process.env.KAFKA_BROKERS?.split(',');
/** In CI a missing broker is a failure, not a reason to skip. */
const mustRun = process.env.CI === 'true';

if (given) {
  describeEventBus('Kafka', { start: nothing, stop: nothing, create: busOn(given) });
} else if (mustRun || (await canRunKafka())) {
  describeEventBus('Kafka', ownBroker());
  test('a bus started before its broker publishes as soon as that answers', startsFirst, 60_000);
} else {
  describe.skip('event bus on Kafka (skipped: no KAFKA_BROKERS, and no Java and Maven to run one)', () => {
    test('needs a broker', () => undefined);
  });
}

async function nothing(): Promise<void> {}

function busOn(brokers: readonly string[]): BusHarness['create'] {
  const log = pino({ level: process.env.KAFKA_LOG ?? 'silent' });
  return (topics) => createKafkaBus({ brokers, clientId: 'contract', log, topics });
}

/** A broker of this test's own, because the suite restarts it. */
function ownBroker(): BusHarness {
  let dataDir: string;
  let port: number;
  let kafka: Awaited<ReturnType<typeof startKafka>>;
  return {
    async start() {
      dataDir = await mkdtemp(join(tmpdir(), 'eventxperts-kafka-'));
      port = await freePort();
      kafka = await startKafka({ port, dataDir });
    },
    async stop() {
      await kafka.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
    create: (topics) => busOn([kafka.brokers])(topics),
    async interrupt() {
      await kafka.kill();
      kafka = await startKafka({ port, dataDir });
    },
  };
}

async function startsFirst(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'eventxperts-kafka-'));
  const port = await freePort();
  const bus = busOn([`127.0.0.1:${port}`])([{ name: 'early', partitions: 1, retentionDays: 1 }]);
  const publish = () => bus.publish([{ topic: 'early', key: 'a', value: '1' }]);
  await bus.start();
  expect(await bus.ready()).toBe(false);
  await expect(publish()).rejects.toThrow('Kafka has not been reached yet.');
  const kafka = await startKafka({ port, dataDir });
  await vi.waitFor(publish, { timeout: 40_000, interval: 50 });
  expect(await bus.ready()).toBe(true);
  await bus.stop();
  await kafka.stop();
  await rm(dataDir, { recursive: true, force: true });
}

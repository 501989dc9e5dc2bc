import { afterAll, beforeAll, describe } from 'vitest';
import { canRunKafka } from '../../../../scripts/kafka.mjs';
import { type Broker, kafkaBroker } from './kafka-broker.ts';
import { kafkaTestBus } from './kafka-test-bus.ts';
import { describePromises } from './promise-suite.ts';
import { reportSweep } from './report-sweep.ts';
import { sweepSettings } from './sweep-settings.ts';

const available =
  process.env.CI === 'true' || Boolean(process.env.KAFKA_BROKERS) || (await canRunKafka());

describe.skipIf(!available)('the promises on Kafka (skipped where no broker can run)', () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await kafkaBroker();
  });
  afterAll(() => broker.stop());

  describePromises({
    createBus: () => kafkaTestBus(broker.address),
    ...sweepSettings(12),
    // A killed consumer keeps its group for ten seconds, in which other runs go on.
    lanes: 8,
    killers: ['database', 'bus'],
    report: reportSweep,
  });
});

import { describe } from 'vitest';
import { postgresTestBus } from './postgres-test-bus.ts';
import { describePromises } from './promise-suite.ts';
import { reportSweep } from './report-sweep.ts';

/** A sample of the frames; all of them, and Kafka, by `npm run test:faults`. */
describe('the promises on the PostgreSQL bus', () => {
  describePromises({
    createBus: postgresTestBus,
    seed: 1,
    limit: 4,
    lanes: 2,
    killers: ['database'],
    report: reportSweep,
  });
});

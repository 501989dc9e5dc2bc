import { describe } from 'vitest';
import { postgresTestBus } from './postgres-test-bus.ts';
import { describePromises } from './promise-suite.ts';
import { reportSweep } from './report-sweep.ts';
import { sweepSettings } from './sweep-settings.ts';

describe('the promises on the PostgreSQL bus, at every frame', () => {
  describePromises({
    createBus: postgresTestBus,
    ...sweepSettings(60),
    lanes: 2,
    killers: ['database'],
    report: reportSweep,
  });
});

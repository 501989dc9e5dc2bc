import { everyFrame, type FaultRun, type SweepReport } from '@eventxperts/faults';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumerRun } from './consumer-run.ts';
import { expectEventsOf, thingsOf } from './invariants.ts';
import { expectOutageSurvived } from './outage.ts';
import { parkingRun } from './parking-run.ts';
import type { PlanSize } from './plan.ts';
import { redriveRun } from './redrive-run.ts';
import { relayRun } from './relay-run.ts';
import { replayRun } from './replay-run.ts';
import { republishRun } from './republish-run.ts';
import type { Killer } from './route.ts';
import { rush } from './rush.ts';
import type { Stage } from './stage.ts';
import { createStages, type Stages } from './stages.ts';
import { standbyRun } from './standby-run.ts';
import type { TestBus } from './test-bus.ts';
import { writerRun } from './writer-run.ts';

export interface PromiseSuite {
  readonly createBus: () => Promise<TestBus>;
  readonly seed: number;
  /** Kill points a sweep takes at most; all of them by default. */
  readonly limit?: number;
  /** Runs at the same time. */
  readonly lanes: number;
  /** Before which servers victims are killed. */
  readonly killers: readonly Killer[];
  readonly report: (line: string) => void;
}

const plan: PlanSize = { seed: 1, keys: 2, changes: 6 };
const timeout = 15 * 60_000;

type RunOf = (stage: Stage, plan: PlanSize, killer: Killer) => FaultRun;

const sweeps: readonly (readonly [promise: string, run: RunOf])[] = [
  ['1 and 3: all events reach the log in order, wherever the relay is killed', relayRun],
  ['1 and 3: a relay standing by goes on, wherever the leader is killed', standbyRun],
  ['2 and 3: each event is applied once, in turn, wherever the consumer is killed', consumerRun],
  ['2: replaying a whole topic changes nothing, wherever the consumer is killed', replayRun],
  ['4: a poison message parks with its followers, wherever the consumer is killed', parkingRun],
  ['4: redriving keeps order and applies once, wherever it is killed', redriveRun],
  ['7: state told again makes the same projection, wherever it is killed', republishRun],
];

/** The promises of the life of an event, each a test that tries to break it. */
export function describePromises(suite: PromiseSuite): void {
  const { seed, limit, lanes, killers, report } = suite;
  let stages: Stages;
  beforeAll(async () => {
    stages = await createStages(lanes, suite.createBus);
  });
  afterAll(() => stages.stop());

  const sweep = async (title: string, runOf: (stage: Stage) => FaultRun): Promise<void> => {
    const options = { seed, concurrency: lanes, ...(limit ? { limit } : {}) };
    const swept = await everyFrame(stages.run(runOf), options);
    report(`${title}: ${inWords(swept)}`);
    // Runs differ by some frames, and a leader may be done before its kill: not every point is met.
    expect(swept.killed).toBeGreaterThanOrEqual(swept.points / 4);
  };

  const written = '1: no row without its event and none the other way, wherever a writer is killed';
  test(written, { timeout }, () => sweep(written, (stage) => writerRun(stage, plan)));

  for (const [promise, runOf] of sweeps) {
    for (const killer of killers) {
      const title = `${promise} (${killer})`;
      test(title, { timeout }, () => sweep(title, (stage) => runOf(stage, plan, killer)));
    }
  }

  test('3: writers that meet on the same keys and three relays publish in order, once', async () => {
    await stages.alone(async (stage) => {
      const log = await rush(stage, { seed, keys: 3, changes: 120 });
      expect(log).toHaveLength(120);
      expectEventsOf(await thingsOf(stage.database.sql), log);
    });
  });

  test('5 and 6: without a broker mutations succeed, then the outbox drains in order', async () => {
    await stages.alone((stage) => expectOutageSurvived(stage, { seed, keys: 3, changes: 60 }));
  });
}

const inWords = ({ frames, points, killed, seed, seconds }: SweepReport): string =>
  `${frames} frames, ${killed} kills at ${points} points, seed ${seed}, ${seconds.toFixed(1)} s`;

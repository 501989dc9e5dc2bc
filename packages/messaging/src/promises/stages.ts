import type { FaultRun } from '@eventxperts/faults';
import { createStage, type Stage } from './stage.ts';
import type { TestBus } from './test-bus.ts';

/** As many stages as runs go on at the same time. */
export interface Stages {
  /** A run that takes a free stage each time. */
  run(of: (stage: Stage) => FaultRun): FaultRun;
  alone<Result>(work: (stage: Stage) => Promise<Result>): Promise<Result>;
  stop(): Promise<void>;
}

export async function createStages(
  count: number,
  createBus: () => Promise<TestBus>,
): Promise<Stages> {
  const make = async () => createStage(await createBus());
  const stages = await Promise.all(Array.from({ length: count }, make));
  const free = [...stages];
  const alone: Stages['alone'] = async (work) => {
    const stage = free.pop();
    if (stage === undefined) throw new Error('More runs than stages.');
    try {
      return await work(stage);
    } finally {
      free.push(stage);
    }
  };
  return {
    run: (of) => (kill) => alone((stage) => of(stage)(kill)),
    alone,
    stop: async () => {
      await Promise.all(stages.map((stage) => stage.stop()));
    },
  };
}

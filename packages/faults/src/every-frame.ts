import type { Moment } from './fault-action.ts';
import { seededSample } from './seeded-random.ts';

export interface KillPoint {
  readonly frame: number;
  readonly when: Moment;
}

export interface RunResult {
  /** Frames that passed the proxy while the scenario ran. */
  readonly frames: number;
  /** Whether the kill was carried out; runs differ by a few frames, so the last may not come. */
  readonly killed: boolean;
}

/**
 * One whole life: fresh state, the scenario with the kill armed (none: a clean run), recovery by
 * restarting what was killed, and the invariants. Throws when one is broken.
 */
export type FaultRun = (kill: KillPoint | undefined) => Promise<RunResult>;

export interface SweepOptions {
  readonly seed: number;
  /** Kill points run at most; more are sampled by the seed. */
  readonly limit?: number;
  /** Runs at the same time, 1 by default; each needs state of its own. */
  readonly concurrency?: number;
}

export interface SweepReport {
  readonly frames: number;
  readonly points: number;
  readonly killed: number;
  readonly seed: number;
  readonly seconds: number;
}

/**
 * Counts the frames of a clean run, then kills before and after each of them.
 * @throws an error that names the kill point and the seed, with the broken invariant as cause.
 */
export async function everyFrame(run: FaultRun, options: SweepOptions): Promise<SweepReport> {
  const started = performance.now();
  const { frames } = await run(undefined);
  const points = seededSample(pointsOf(frames), options.limit ?? Infinity, options.seed);
  const queue = points.values();
  let killed = 0;
  const lane = async (): Promise<void> => {
    for (const point of queue) {
      if (await attempt(run, point, frames, options)) killed += 1;
    }
  };
  const lanes = Array.from({ length: options.concurrency ?? 1 }, lane);
  await Promise.all(lanes).catch(async (broken: unknown) => {
    // No further point begins, and those under way end before their state is taken down.
    for (const _point of queue);
    await Promise.allSettled(lanes);
    throw broken;
  });
  const seconds = (performance.now() - started) / 1000;
  return { frames, points: points.length, killed, seed: options.seed, seconds };
}

const pointsOf = (frames: number): KillPoint[] =>
  Array.from({ length: frames }, (_, index) => index + 1).flatMap((frame) => [
    { frame, when: 'before' as const },
    { frame, when: 'after' as const },
  ]);

async function attempt(run: FaultRun, point: KillPoint, frames: number, options: SweepOptions) {
  try {
    return (await run(point)).killed;
  } catch (cause) {
    const where = `kill ${point.when} frame ${point.frame} of ${frames}, seed ${options.seed}`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${where}: ${reason}`, { cause });
  }
}

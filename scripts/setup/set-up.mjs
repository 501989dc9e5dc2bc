import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { freshness } from './freshness.mjs';
import { withSetupLock } from './lock.mjs';
import { runStep, StepFailed } from './run-step.mjs';
import { stepsFor } from './steps.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Runs what is missing or stale for `goal` and answers the exit code. Silent when all is fresh. */
export async function setUp(goal) {
  try {
    const steps = stepsFor(root, goal);
    if (steps.every((step) => freshness(root, step).fresh)) return 0;
    mkdirSync(join(root, '.setup'), { recursive: true });
    await withSetupLock(root, () => runStale(steps));
    return 0;
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    return 1;
  }
}

async function runStale(steps) {
  for (const step of steps) {
    // Asked again under the lock: the run we waited for may have done it.
    const state = freshness(root, step);
    if (state.fresh) continue;
    state.forget();
    await runStep(root, step);
    freshness(root, step).remember();
  }
}

function describe(error) {
  if (error instanceof StepFailed) return error.message;
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
    return `Cannot write to ${error.path}: the clone's folder must be writable by you.`;
  }
  return `Set-up failed: ${error.message}`;
}

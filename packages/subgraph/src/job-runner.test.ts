import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createJobRunner } from './job-runner.ts';

const log = pino({ level: 'silent' });
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('runs a job on its clock, counted from the end of the run before', async () => {
  let running = 0;
  let most = 0;
  const run = vi.fn(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    running -= 1;
  });
  const jobs = createJobRunner([{ name: 'slow', everyMs: 1_000, run }], log);
  jobs.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(run).toHaveBeenCalledTimes(3);
  expect(most).toBe(1);
  const stopped = jobs.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect(run).toHaveBeenCalledTimes(3);
});

it('goes on after a run that failed', async () => {
  const run = vi.fn(() => Promise.reject(new Error('no')));
  const jobs = createJobRunner([{ name: 'failing', everyMs: 1_000, run }], log);
  jobs.start();
  await vi.advanceTimersByTimeAsync(3_500);
  expect(run).toHaveBeenCalledTimes(3);
  await jobs.stop();
});

it('stops only when the run in hand is over', async () => {
  let finish: () => void = () => undefined;
  const run = () =>
    new Promise<void>((resolve) => {
      finish = resolve;
    });
  const jobs = createJobRunner([{ name: 'busy', everyMs: 1_000, run }], log);
  jobs.start();
  await vi.advanceTimersByTimeAsync(1_000);
  const over = vi.fn();
  const stopped = jobs.stop().then(over);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(over).not.toHaveBeenCalled();
  finish();
  await stopped;
});

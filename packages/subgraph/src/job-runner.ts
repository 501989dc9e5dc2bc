import type { Logger } from 'pino';
import type { Job } from './define-subgraph.ts';

/** Runs each job on its clock, never twice at once; a fault is logged and the clock goes on. */
export function createJobRunner(jobs: readonly Job[], log: Logger) {
  const timers = new Map<Job, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  const schedule = (job: Job) => {
    if (!stopped)
      timers.set(
        job,
        setTimeout(() => start(job), job.everyMs),
      );
  };
  const start = (job: Job) => {
    const run = job
      .run()
      .catch((error: unknown) => log.error({ err: error, job: job.name }, 'job failed'))
      .finally(() => {
        running.delete(run);
        schedule(job);
      });
    running.add(run);
  };

  return {
    start: () => jobs.forEach(schedule),
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}

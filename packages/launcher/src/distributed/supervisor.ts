import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from '@eventxperts/errors';
import { mainFile } from '../repository.ts';
import type { Service } from './services.ts';

const readyWithinMs = 60_000;
const firstWaitMs = 200;
const longestWaitMs = 5_000;
/** Who ran so long fell over something new, not over its start. */
const steadyAfterMs = 60_000;

export interface Supervised {
  readonly name: string;
  /** The process at this moment; another one after a crash. */
  pid(): number | undefined;
  /** @throws StartError when it does not get ready in a minute. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs a service as a process and starts it again whenever it ends by itself. */
export function supervise(service: Service): Supervised {
  let stopping = false;
  let child: ChildProcess | undefined;

  async function keep(): Promise<void> {
    for (let delay = firstWaitMs; !stopping; delay = Math.min(delay * 2, longestWaitMs)) {
      const began = performance.now();
      child = start(service);
      const [code, signal] = await once(child, 'exit');
      if (stopping) return;
      if (performance.now() - began > steadyAfterMs) delay = firstWaitMs;
      process.stderr.write(`${service.name} ended (${signal ?? code}); starting it again.\n`);
      await wait(delay);
    }
  }
  const kept = keep();

  return {
    name: service.name,
    pid: () => child?.pid,
    async ready() {
      const deadline = Date.now() + readyWithinMs;
      while (!(await isReady(service.port))) {
        if (Date.now() > deadline) throw new StartError(`${service.name} does not get ready.`);
        await wait(100);
      }
    },
    async stop() {
      stopping = true;
      child?.kill('SIGTERM');
      await kept;
    },
  };
}

/** Its environment is only what the service needs: no process sees another one's secrets. */
const start = ({ workspace, port, environment }: Service): ChildProcess =>
  spawn(process.execPath, [mainFile(workspace)], {
    // The channel tells the child when we are gone, also after a kill -9.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A Ctrl-C goes to the whole group of the terminal; the order of stopping is ours.
    detached: true,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: String(port), ...environment },
  });

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

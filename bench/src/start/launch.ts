import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

export interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Seconds from the spawn to the first whole answer. */
  readonly seconds: number;
  stop(): Promise<void>;
}

interface LaunchOptions {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Asks for the first answer; false as long as there is none. */
  readonly answers: () => Promise<boolean>;
}

const deadlineMs = 120_000;

/** Starts a program and waits for its first answer, asking every 5 ms. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const [program, ...args] = options.command;
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.environment },
    stdio: 'ignore',
    detached: true,
  });
  const exited = once(child, 'exit');
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${program} could not be started.`);
  while (!(await options.answers().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`${options.command.join(' ')} ended early.`);
    if (performance.now() - started > deadlineMs) throw new Error('No answer in two minutes.');
    await wait(5);
  }
  return {
    child,
    pid,
    seconds: (performance.now() - started) / 1000,
    async stop() {
      process.kill(-pid, 'SIGINT');
      await exited;
    },
  };
}

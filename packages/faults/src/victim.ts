import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Logger } from 'pino';

export interface Victim {
  readonly pid: number;
  /** What the process has sent by `process.send`, in order. */
  messages(): readonly unknown[];
  /** True once the process is gone, however it ended. */
  readonly exited: Promise<void>;
  isAlive(): boolean;
  /** kill -9 by pid; harmless when it is gone already. */
  kill(): Promise<void>;
}

export interface VictimConfig {
  /** An ES module that Node runs as it is. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** A process of its own that a test may kill at any moment. */
export function spawnVictim(config: VictimConfig): Victim {
  const child = fork(config.script, {
    env: { PATH: process.env.PATH, ...config.environment },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${config.script} could not be started.`);
  const received: unknown[] = [];
  child.on('message', (message) => received.push(message));
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (text: Buffer) => config.log.debug({ pid }, text.toString().trimEnd()));
  }
  const exited = once(child, 'exit').then(() => undefined);
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    messages: () => received,
    exited,
    isAlive,
    kill: async () => {
      if (isAlive()) child.kill('SIGKILL');
      await exited;
    },
  };
}

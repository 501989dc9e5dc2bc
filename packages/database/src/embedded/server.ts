import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '@eventxperts/errors';
import type { ClusterFolder } from './cluster.ts';
import { readPostmaster } from './postmaster.ts';
import type { Run } from './runner.ts';
import { type Durability, serverArguments } from './server-settings.ts';

export interface ServerOptions {
  readonly folder: ClusterFolder;
  readonly postgres: string;
  readonly run: Run;
  readonly durability: Durability;
}

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process has ended, however it did. */
  readonly exited: Promise<void>;
  isRunning(): boolean;
}

/** Starts the server and resolves when it takes connections. `port` undefined: any free one. */
export async function startServer(options: ServerOptions, port?: number): Promise<RunningServer> {
  const patience = 60_000;
  const began = Date.now();
  for (;;) {
    const attempt = await launch(options, port ?? (await freePort()));
    if (attempt) return attempt;
    const reason = lastFatal(options.folder.logFile);
    if (!isPassing(reason) || Date.now() - began > patience) {
      throw new StartError(`PostgreSQL did not start: ${reason}`);
    }
    await delay(25);
  }
}

async function launch(options: ServerOptions, port: number): Promise<RunningServer | undefined> {
  const { folder, run, postgres, durability } = options;
  const log = openSync(folder.logFile, 'w', 0o600);
  const child = run(postgres, serverArguments(folder.cluster, port, durability), {
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    // A session of its own: Ctrl-C reaches us alone, and we end it after our last transaction.
    detached: true,
  });
  closeSync(log);
  let running = true;
  const exited = once(child, 'exit')
    .then(() => undefined, failToRun)
    .finally(() => {
      running = false;
    });
  while (running) {
    const state = await readPostmaster(folder.cluster);
    if (state?.ready && state.pid === child.pid) {
      return { pid: state.pid, port, exited, isRunning: () => running };
    }
    await Promise.race([delay(5), exited]);
  }
  await exited;
  return undefined;
}

function failToRun(cause: Error): never {
  throw new StartError(`PostgreSQL cannot be run: ${cause.message}.`, { cause });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new StartError('No port is free.');
  return address.port;
}

function lastFatal(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  const fatal = lines.findLast((line) => line.includes('FATAL'));
  return (fatal ?? lines.at(-1) ?? '').replace(/^.*FATAL:\s*/, '') || 'it gave no reason.';
}

/** What ends by itself: processes of a killed server on their way out, a port taken in between. */
const isPassing = (reason: string): boolean =>
  /shared memory block .* is still in use|could not create any TCP\/IP sockets|lock file .* is empty/.test(
    reason,
  );

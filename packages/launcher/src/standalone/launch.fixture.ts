import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const launcher = join(import.meta.dirname, '../..');
const outdir = join(launcher, 'dist', `bundle-${process.pid}`);

/** The bundle that `npm start` runs, built for this test run alone. */
export function buildBundle(): string {
  execFileSync(process.execPath, [join(launcher, 'build.mjs'), outdir], { stdio: 'inherit' });
  return outdir;
}

export interface LaunchOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs it as somebody else, which only root may ask for. */
  readonly uid?: number;
}

export interface Launched {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Resolves when what it printed matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** Sends the signal and waits for the end; returns the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

/** `npm start` without npm: the built bundle as a process of its own. */
export function launch({ dataDir, port, environment = {}, uid }: LaunchOptions): Launched {
  const child = spawn(process.execPath, [join(outdir, 'standalone.mjs')], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: dataDir,
      DEMO: 'false',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The bundle could not be started.');
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  child.stderr.on('data', (text: Buffer) => {
    err += text.toString();
  });
  const closed = once(child, 'close').then(([code]): number | null => code);
  return {
    pid,
    stdout: () => out,
    stderr: () => err,
    exited: closed,
    async printed(pattern) {
      while (!pattern.test(out)) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`It ended without ${pattern}: ${out}${err}`);
        }
        await Promise.race([once(child.stdout, 'data'), closed]);
      }
    },
    end(signal) {
      child.kill(signal);
      return closed;
    },
  };
}

export const ready = /is ready after/;
/** The last line of the banner. */
export const accounts = /Guest +\S+ +password \S+\n/;

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** The process id of the server of a data folder, from the file it keeps while it runs. */
export function postmasterOf(dataDir: string): number | undefined {
  const file = join(dataDir, 'postgres/cluster/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends what a killed run left behind, for a test that has no later start to do so. */
export async function endPostmaster(dataDir: string): Promise<void> {
  const pid = postmasterOf(dataDir);
  if (pid === undefined || !isAlive(pid)) return;
  process.kill(pid, 'SIGQUIT');
  while (isAlive(pid)) await wait(20);
}

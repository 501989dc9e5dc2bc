import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ServerAccount } from '../embedded/server-account.ts';

const started = z.object({ pid: z.int(), url: z.string() });
const refused = z.object({ refused: z.string() });

export interface SpawnLauncherOptions {
  readonly dataDir: string;
  /** Runs as somebody else, which only root may ask for. */
  readonly account?: ServerAccount;
  /** What the launcher does on SIGINT; default `stop`. */
  readonly onInterrupt?: 'stop' | 'exit-at-once';
}

export interface SpawnedLauncher {
  /** The process id of its server and the address of its maintenance database. */
  readonly server: z.infer<typeof started>;
  /** Resolves when the launcher itself is gone; the server may be left. */
  kill(signal: 'SIGKILL' | 'SIGINT'): Promise<void>;
}

/** Starts an embedded PostgreSQL from another process, which a test may then kill. */
export async function spawnLauncher(options: SpawnLauncherOptions): Promise<SpawnedLauncher> {
  const { child, line } = await run(options);
  const server = started.parse(JSON.parse(line));
  return {
    server,
    async kill(signal) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

/** The line with which a launcher refuses to start. */
export async function refusalOf(options: SpawnLauncherOptions): Promise<string> {
  const { child, line } = await run(options);
  child.kill('SIGKILL');
  return refused.parse(JSON.parse(line)).refused;
}

async function run(options: SpawnLauncherOptions): Promise<{ child: ChildProcess; line: string }> {
  const { dataDir, account, onInterrupt = 'stop' } = options;
  const typescript = new URL('../../../../scripts/typescript.mjs', import.meta.url);
  const victim = new URL('../embedded/launcher.victim.ts', import.meta.url);
  const flags = ['--conditions=source', '--import', typescript.href, fileURLToPath(victim)];
  const child = spawn(process.execPath, [...flags, dataDir, onInterrupt], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...account,
  });
  for await (const line of createInterface({ input: child.stdout })) return { child, line };
  throw new Error('The launcher said nothing.');
}

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '@eventxperts/errors';
import { argumentsOf, isAlive, parentOf } from './process-table.ts';

/** The lines of `postmaster.pid` that are of use here. */
export interface PostmasterState {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

export async function readPostmaster(cluster: string): Promise<PostmasterState | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Ends the server that a killed launcher left behind. Its commits are safe: the shutdown is fast, not
 * immediate, and what it could not finish is recovered from the log.
 * @throws StartError when the server belongs to a launcher that still runs.
 */
export async function endOrphan(cluster: string, launcherFile: string): Promise<void> {
  const found = await readPostmaster(cluster);
  if (!found || !isAlive(found.pid)) return;
  if (!(await argumentsOf(found.pid)).includes(cluster)) {
    await disownPid(cluster);
    return;
  }
  // An orphan gets another parent, so this cannot be fooled by a process id that was used again.
  const launcher = Number(await readFile(launcherFile, 'utf8').catch(() => ''));
  if ((await parentOf(found.pid)) === launcher) {
    throw new StartError(`The data in ${path.dirname(cluster)} is in use by process ${launcher}.`);
  }
  await shutDown(found.pid);
}

/** Fast shutdown: sessions are cut, the state is written out. Resolves when the process is gone. */
export async function shutDown(pid: number): Promise<void> {
  const patience = 30_000;
  const began = Date.now();
  signal(pid, 'SIGINT');
  while (isAlive(pid)) {
    if (Date.now() - began > patience) signal(pid, 'SIGQUIT');
    await delay(10);
  }
}

export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already, which is what was wanted.
  }
}

/**
 * After a reboot the number in the file may be that of any process, and PostgreSQL would wait for it
 * for ever. Our own number makes it look at the shared memory instead: it never takes its parent for
 * another server. Removing the file would skip that look, and two servers could write one cluster.
 */
async function disownPid(cluster: string): Promise<void> {
  const text = await readFile(pidFile(cluster), 'utf8');
  await writeFile(pidFile(cluster), text.replace(/^\d+/, `${process.pid}`));
}

const pidFile = (cluster: string): string => path.join(cluster, 'postmaster.pid');

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a process; empty when there is no such process. */
export async function argumentsOf(pid: number): Promise<string> {
  if (process.platform !== 'linux') return ps(pid, 'args=');
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.replaceAll('\0', ' ');
}

export async function parentOf(pid: number): Promise<number> {
  if (process.platform !== 'linux') return Number(await ps(pid, 'ppid='));
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the name in parentheses and may itself hold spaces and parentheses.
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
}

const ps = (pid: number, format: string): Promise<string> =>
  promisify(execFile)('ps', ['-o', format, '-p', `${pid}`]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );

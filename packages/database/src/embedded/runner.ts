import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { StartError } from '@eventxperts/errors';
import { canReach, type ServerAccount } from './server-account.ts';

/** Starts a program of PostgreSQL under the account that may run it. */
export type Run = (program: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

/**
 * Below a home folder that only root may enter, a process of another user cannot reach its own data.
 * There it keeps one capability, to pass by file permissions: no more than root itself gave it.
 */
export async function createRunner(
  account: ServerAccount | undefined,
  mustReach: readonly string[],
): Promise<Run> {
  if (!account) return (program, args, options) => spawn(program, args, options);
  const reachable = await Promise.all(mustReach.map((target) => canReach(account, target)));
  if (reachable.every(Boolean)) {
    return (program, args, options) => spawn(program, args, { ...options, ...account });
  }
  const privileged = passPermissions(account);
  await proveWorks(privileged, mustReach);
  return (program, args, options) => spawn('setpriv', [...privileged, program, ...args], options);
}

function passPermissions({ uid, gid }: ServerAccount): string[] {
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    // Without it access(2), with which initdb looks for postgres, ignores the capability.
    '--securebits=+no_setuid_fixup',
  ];
}

async function proveWorks(privileged: string[], mustReach: readonly string[]): Promise<void> {
  try {
    for (const target of mustReach) {
      await promisify(execFile)('setpriv', [...privileged, 'test', '-x', target]);
    }
  } catch (cause) {
    throw new StartError(
      `PostgreSQL does not run as root, and another user cannot reach ${mustReach.join(' or ')}: choose a DATA_DIR and a checkout outside of root's home, or start as an ordinary user.`,
      { cause },
    );
  }
}

import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '@eventxperts/errors';

/** PostgreSQL refuses to run as root, so root lends it the account of somebody else. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account that the server must run as, or undefined when our own will do.
 * An existing cluster keeps the account that owns it.
 */
export async function serverAccount(cluster: string): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = (await accountOf('postgres')) ?? (await accountOf('nobody'));
  if (account) return account;
  throw new StartError(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as.',
  );
}

async function accountOf(name: string): Promise<ServerAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([numericId('-u', name), numericId('-g', name)]);
    return uid > 0 ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

async function numericId(flag: '-u' | '-g', name: string): Promise<number> {
  const { stdout } = await promisify(execFile)('id', [flag, name]);
  return Number(stdout);
}

/** Whether the permission bits let `account` walk down to `target` and use it. */
export async function canReach(account: ServerAccount, target: string): Promise<boolean> {
  const real = await realpath(target);
  if (!(await permits(account, real, 0o5))) return false;
  for (let folder = path.dirname(real); ; folder = path.dirname(folder)) {
    if (!(await permits(account, folder, 0o1))) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

async function permits(account: ServerAccount, file: string, wanted: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(file);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

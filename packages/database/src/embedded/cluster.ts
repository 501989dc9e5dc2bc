import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { StartError } from '@eventxperts/errors';
import type { PostgresBinaries } from './binaries.ts';
import type { Run } from './runner.ts';
import type { ServerAccount } from './server-account.ts';
import type { Durability } from './server-settings.ts';

/** The superuser of every embedded cluster. */
export const superuser = 'eventxperts';

export interface ClusterFolder {
  /** What PostgreSQL calls PGDATA. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly logFile: string;
  /** Names the process that started the server. */
  readonly launcherFile: string;
}

export const clusterFolder = (dataDir: string): ClusterFolder => ({
  cluster: path.join(dataDir, 'cluster'),
  passwordFile: path.join(dataDir, 'password'),
  logFile: path.join(dataDir, 'postgres.log'),
  launcherFile: path.join(dataDir, 'launcher.pid'),
});

export const readPassword = async ({ passwordFile }: ClusterFolder): Promise<string> =>
  (await readFile(passwordFile, 'utf8')).trim();

export interface InitialiseOptions {
  readonly folder: ClusterFolder;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount | undefined;
  readonly run: Run;
  readonly durability: Durability;
}

/** Makes the cluster unless it exists. Built aside and renamed, so that a kill leaves no half of one. */
export async function initialise(options: InitialiseOptions): Promise<void> {
  const { folder, account } = options;
  if (await stat(folder.cluster).catch(() => undefined)) return;
  const staging = `${folder.cluster}.new`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  await writeFile(folder.passwordFile, `${randomBytes(24).toString('base64url')}\n`, {
    mode: 0o600,
  });
  if (account) {
    await chown(staging, account.uid, account.gid);
    await chown(folder.passwordFile, account.uid, account.gid);
  }
  await runInitdb(options, staging);
  await rename(staging, folder.cluster);
}

async function runInitdb(options: InitialiseOptions, staging: string): Promise<void> {
  let complaint = '';
  for (const ctype of characterTypes) {
    const failure = await tryInitdb(options, staging, ctype);
    if (failure === undefined) return;
    complaint = failure;
    if (!failure.includes('invalid locale name')) break;
  }
  throw new StartError(`PostgreSQL could not make its data folder: ${complaint}`);
}

/** Returns what initdb complained about, or undefined when it succeeded. */
async function tryInitdb(
  { folder, binaries, run, durability }: InitialiseOptions,
  staging: string,
  ctype: string,
): Promise<string | undefined> {
  const args = initdbArguments(staging, folder.passwordFile, ctype);
  const child = run(binaries.initdb, durability === 'durable' ? args : [...args, '--no-sync'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const complaint = child.stderr ? text(child.stderr) : Promise.resolve('');
  const code = await Promise.race([exited, failed]);
  return code === 0 ? undefined : oneLine(await complaint);
}

/**
 * Which characters are letters, by the name the operating system gives it: trigram search asks the C
 * library and not the builtin provider, and with C finds nothing in Telugu. Every system has one.
 */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

const initdbArguments = (pgdata: string, passwordFile: string, ctype: string): string[] => [
  `--pgdata=${pgdata}`,
  `--username=${superuser}`,
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  // The password is 192 random bits, so stretching it would only slow every connection down.
  '--set=scram_iterations=1',
  '--encoding=UTF8',
  // Sorts and folds alike on every operating system, so indexes survive a move or an upgrade.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  `--lc-ctype=${ctype}`,
  '--no-instructions',
];

const oneLine = (message: string): string => message.trim().replaceAll(/\s*\n\s*/g, '; ');

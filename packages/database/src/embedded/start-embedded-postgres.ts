import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { StartError } from '@eventxperts/errors';
import type { Logger } from 'pino';
import { locateBinaries } from './binaries.ts';
import { clusterFolder, initialise, readPassword, superuser } from './cluster.ts';
import { endOrphan, shutDown, signal } from './postmaster.ts';
import { createRunner } from './runner.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';
import { serverAccount } from './server-account.ts';
import type { Durability } from './server-settings.ts';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its password and its log; made when missing. */
  readonly dataDir: string;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** Default `durable`. `throw-away` does not wait for the disk, for tests. */
  readonly durability?: Durability;
}

export interface EmbeddedPostgres {
  /** Connection string of a database of this server, which need not exist yet. */
  urlFor(database: string): string;
  /** The server process; another one after the server was killed and came back. */
  readonly pid: number;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
}

/**
 * Runs a real PostgreSQL on a loopback port for as long as this process lives. When the server is
 * killed it comes back on the same port; when this process was, the next start ends the orphan.
 * @throws StartError in one line that says what to change.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  try {
    const dataDir = await createFolder(options.dataDir);
    const serverOptions = await prepare(dataDir, options.durability ?? 'durable');
    const password = await readPassword(serverOptions.folder);
    const { port, pid, stop } = await supervise(serverOptions, options.log);
    return {
      urlFor: (database) =>
        `postgresql://${superuser}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
      get pid() {
        return pid();
      },
      stop,
    };
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const reason = cause instanceof Error ? cause.message : `${cause}`;
    throw new StartError(`PostgreSQL cannot use ${options.dataDir}: ${reason}.`, { cause });
  }
}

/** By its real path, which is what the command line of an orphan is compared with. */
async function createFolder(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  return realpath(dataDir);
}

async function prepare(dataDir: string, durability: Durability): Promise<ServerOptions> {
  const folder = clusterFolder(dataDir);
  const [binaries, account] = await Promise.all([locateBinaries(), serverAccount(folder.cluster)]);
  const run = await createRunner(account, [binaries.postgres, dataDir]);
  await initialise({ folder, binaries, account, run, durability });
  await endOrphan(folder.cluster, folder.launcherFile);
  await writeFile(folder.launcherFile, `${process.pid}\n`);
  return { folder, postgres: binaries.postgres, run, durability };
}

interface Supervised {
  readonly port: number;
  pid(): number;
  stop(): Promise<void>;
}

async function supervise(
  options: ServerOptions,
  log: EmbeddedPostgresOptions['log'],
): Promise<Supervised> {
  let server: RunningServer = await startServer(options);
  const { port } = server;
  let stopping = false;

  // The last resort when the process ends without stop(): the server then goes by itself.
  const onExit = (): void => {
    if (server.isRunning()) signal(server.pid, 'SIGINT');
  };
  process.once('exit', onExit);

  async function watch(): Promise<void> {
    while (!stopping) {
      await server.exited;
      if (stopping) return;
      log.warn({ pid: server.pid }, 'PostgreSQL ended unexpectedly; starting it again');
      server = await startServer(options, port);
    }
  }
  const watching = watch().catch((error: unknown) => {
    log.error({ err: error }, 'PostgreSQL does not come back');
  });

  async function stop(): Promise<void> {
    stopping = true;
    process.removeListener('exit', onExit);
    if (server.isRunning()) await shutDown(server.pid);
    await watching;
    // It may have been on its way back while we stopped.
    if (server.isRunning()) await shutDown(server.pid);
  }
  return { port, pid: () => server.pid, stop };
}

import { StartError } from '@eventxperts/errors';
import { clusterFolder, readPassword, superuser } from './cluster.ts';
import { readPostmaster } from './postmaster.ts';
import { argumentsOf } from './process-table.ts';

/**
 * The way into the databases of a server that another process runs on this folder.
 * @throws StartError when none does.
 */
export async function findRunningPostgres(dataDir: string): Promise<(database: string) => string> {
  const folder = clusterFolder(dataDir);
  const found = await readPostmaster(folder.cluster);
  if (!found?.ready || !(await argumentsOf(found.pid)).includes(folder.cluster)) {
    throw new StartError(`No PostgreSQL runs on ${dataDir}: start it first, or set DATABASE_URL.`);
  }
  const password = await readPassword(folder);
  return (database) =>
    `postgresql://${superuser}:${password}@127.0.0.1:${found.port}/${encodeURIComponent(database)}`;
}

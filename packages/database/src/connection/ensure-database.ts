import pg from 'pg';

const duplicateDatabase = '42P04';
const uniqueViolation = '23505';

/** Creates the database that `url` names, unless it exists. Needs a role that may. */
export async function ensureDatabase(url: string): Promise<void> {
  const name = databaseOf(url);
  await withClient(withDatabase(url, 'postgres'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount) return;
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch(ignoreExisting);
  });
}

/** Runs `work` on a connection of its own. */
export async function withClient<R>(
  url: string,
  work: (client: pg.Client) => Promise<R>,
): Promise<R> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection lost between two statements fails the next one; without a listener it ends Node.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export const databaseOf = (url: string): string =>
  decodeURIComponent(new URL(url).pathname.slice(1));

export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.toString();
}

/** Another process created it between our look and our command. */
function ignoreExisting(error: unknown): void {
  const code = error instanceof pg.DatabaseError ? error.code : undefined;
  if (code !== duplicateDatabase && code !== uniqueViolation) throw error;
}

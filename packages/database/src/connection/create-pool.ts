import pg from 'pg';

export interface PoolOptions {
  readonly url: string;
  /** The most connections open at once. */
  readonly max: number;
  /** Shown as `application_name` in pg_stat_activity. */
  readonly name: string;
}

export function createPool({ url, max, name }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection lost to a restart of the server leaves the pool; the next query opens another.
  pool.on('error', () => undefined);
  return pool;
}

import type { DomainDatabase } from './domain-database.ts';

/** Makes a lock function of a database grant everything at once, as if the code did not ask. */
export async function withoutLocks(
  { sql, url }: DomainDatabase,
  signature: 'pg_try_advisory_lock(bigint)' | 'pg_advisory_xact_lock(bigint)',
  work: () => Promise<void>,
): Promise<void> {
  const database = new URL(url).pathname.slice(1);
  const [type, body] = signature.startsWith('pg_try') ? ['boolean', 'select true'] : ['void', ''];
  await sql.query(`create function public.${signature} returns ${type} language sql as '${body}'`);
  await sql.query(`alter database ${database} set search_path = public, pg_catalog`);
  try {
    await work();
  } finally {
    await sql.query(`alter database ${database} reset search_path`);
    await sql.query(`drop function public.${signature}`);
  }
}

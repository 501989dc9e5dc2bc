import type { SqlTransaction, Transact } from '@eventxperts/database';
import type { Pool } from 'pg';

/** Transactions on plain pg: the platform's tables need no more of a domain than this. */
export function pgTransact(pool: Pool): Transact<SqlTransaction> {
  return async (run) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await run({
        $queryRawUnsafe: async <Rows>(sql: string, ...values: unknown[]) => {
          const { rows } = await client.query(sql, values);
          // The caller names the rows of its own statement, as with Prisma.
          return rows as Rows;
        },
        $executeRawUnsafe: async (sql, ...values) =>
          (await client.query(sql, values)).rowCount ?? 0,
      });
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: Error) => {
        broken = cause;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };
}

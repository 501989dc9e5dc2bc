import { eventually } from '@eventxperts/faults';
import type { Pool } from 'pg';
import { expect } from 'vitest';

/** The name of the tests' own sessions. */
export const judge = 'judge';

/**
 * Waits until the processes before have no session left in this database: the server notices that a
 * client was killed when it next reads from it, and until then the session keeps its locks.
 */
export async function sessionsGone(sql: Pool): Promise<void> {
  await eventually(async () => {
    const { rows } = await sql.query(
      `select application_name, query from pg_stat_activity
       where datname = current_database() and application_name <> $1`,
      [judge],
    );
    expect(rows).toEqual([]);
  });
}

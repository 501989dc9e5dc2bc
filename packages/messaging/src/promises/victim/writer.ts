import { createPool } from '@eventxperts/database';
import { planOf } from '../plan.ts';
import type { OrderFor } from './environment.ts';
import { pgTransact } from './pg-transact.ts';
import { changeThing, changeThingUnlocked } from './thing.ts';

/** Does what the plan has left to do, one transaction a change, and reports each as it is answered. */
export async function write(order: OrderFor<'writer'>): Promise<void> {
  const pool = createPool({ url: order.databaseUrl, max: order.lanes, name: 'writer' });
  const transact = pgTransact(pool);
  const change = order.withoutRowLock ? changeThingUnlocked : changeThing;
  const { rows } = await pool.query('select coalesce(sum(version), 0)::int as done from thing');
  const left = planOf(order.plan).slice(rows[0].done).values();
  const lane = async (): Promise<void> => {
    for (const next of left) {
      await transact((tx) => change(tx, next));
      process.send?.({ committed: next.value });
    }
  };
  await Promise.all(Array.from({ length: order.lanes }, lane));
  await pool.end();
}

import { type FaultRun, postgresFramer } from '@eventxperts/faults';
import { expect } from 'vitest';
import type { DomainDatabase } from './domain-database.ts';
import { expectEventsOf, outboxOf, thingsOf } from './invariants.ts';
import { killAndRestart } from './kill-run.ts';
import { outcomeOf, type PlanSize, planOf } from './plan.ts';
import type { Stage } from './stage.ts';
import { portOf, withPort } from './url.ts';

/** Promise 1: a writer is killed; rows and events agree at that moment and when it has gone on. */
export const writerRun =
  ({ script, database, patience }: Stage, plan: PlanSize): FaultRun =>
  async (kill) => {
    await database.reset();
    const result = await killAndRestart({
      script,
      patience,
      kill,
      target: portOf(database.url),
      framer: postgresFramer,
      orderFor: (port) => ({ role: 'writer', plan, databaseUrl: withPort(database.url, port) }),
      done: (victim) => expect(victim.isAlive()).toBe(false),
      atDeath: (victim) => expectRowsAndEventsAgree(database, victim.messages().length),
    });
    await expectRowsAndEventsAgree(database, 0);
    expect(await thingsOf(database.sql)).toEqual(outcomeOf(planOf(plan)));
    return result;
  };

/** @param answered changes that the writer was told are done: none of them may be missing. */
async function expectRowsAndEventsAgree({ sql, idle }: DomainDatabase, answered: number) {
  await idle();
  const things = await thingsOf(sql);
  expectEventsOf(things, await outboxOf(sql));
  const changes = things.reduce((sum, { version }) => sum + version, 0);
  expect(changes).toBeGreaterThanOrEqual(answered);
}

import type { FaultRun } from '@eventxperts/faults';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumerRun } from './consumer-run.ts';
import { expectEventsOf, thingsOf } from './invariants.ts';
import { postgresTestBus } from './postgres-test-bus.ts';
import { rush } from './rush.ts';
import { createStage, type Stage } from './stage.ts';
import { withoutLocks } from './without-locks.ts';

/** Each protection taken away: the tests of the promises must then fail, or they show nothing. */
let stage: Stage;
beforeAll(async () => {
  stage = await createStage(await postgresTestBus());
});
afterAll(() => stage.stop());

const timeout = 5 * 60_000;
const small = { seed: 1, keys: 2, changes: 4 };
const crowd = { seed: 1, keys: 2, changes: 120 };

test('without the inbox a consumer applies events twice', { timeout }, async () => {
  const sabotage = () => stage.projection.sql.query('truncate platform.inbox');
  const run = consumerRun(stage, small, 'database', { sabotage, patience: 3_000 });
  await expect(fromTheEnd(run)).rejects.toThrow();
  const { rows } = await stage.projection.sql.query(
    'select from seen where applied_count > version',
  );
  expect(rows.length).toBeGreaterThan(0);
});

/** Kills at the last frames first: what a protection is for shows after the work is done. */
async function fromTheEnd(run: FaultRun): Promise<void> {
  const { frames } = await run(undefined);
  for (let frame = frames; frame > 0; frame -= 1) await run({ frame, when: 'before' });
}

test('without the row lock writers lose changes or their order', async () => {
  const crowded = rush(stage, crowd, { withoutRowLock: true });
  await expect(crowded).rejects.toThrow();
});

test('without the leader lock relays publish again and again', async () => {
  await withoutLocks(stage.database, 'pg_try_advisory_lock(bigint)', async () => {
    const log = await rush(stage, crowd);
    expect(log.length).toBeGreaterThan(crowd.changes);
    // What is repeated is repeated in order: the inbox makes it harmless.
    expectEventsOf(await thingsOf(stage.database.sql), log);
  });
});

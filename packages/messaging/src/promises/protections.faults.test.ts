import type { FaultRun } from '@eventxperts/faults';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumerRun } from './consumer-run.ts';
import { expectEventsOf, thingsOf } from './invariants.ts';
import { parkingRun } from './parking-run.ts';
import { postgresTestBus } from './postgres-test-bus.ts';
import { redriveRun } from './redrive-run.ts';
import { relayRun } from './relay-run.ts';
import { rush } from './rush.ts';
import { createStage, type Stage } from './stage.ts';
import { withMistake } from './with-mistake.ts';
import { withoutLocks } from './without-locks.ts';

/** Each protection taken away: the tests of the promises must then fail, or they show nothing. */
let stage: Stage;
beforeAll(async () => {
  stage = await createStage(await postgresTestBus());
});
afterAll(() => stage.stop());

// A mistake must show in one sweep of three at least: which kill meets it is a matter of milliseconds.
const oftenEnough = { timeout: 5 * 60_000, retry: 2 };
const small = { seed: 1, keys: 2, changes: 4 };
const larger = { seed: 1, keys: 2, changes: 6 };
const crowd = { seed: 1, keys: 2, changes: 120 };

test('without the inbox a consumer applies events twice', oftenEnough, async () => {
  const sabotage = () => stage.projection.sql.query('truncate platform.inbox');
  const run = consumerRun({ ...stage, patience: 10_000 }, small, 'database', { sabotage });
  await expectBrokenByKills(run);
  expect(await appliedTwice()).toBe(true);
});

test('a relay that forgets before it publishes loses events', oftenEnough, async () => {
  const mistake = {
    file: 'outbox/relay.ts',
    replace: 'await bus.publish(',
    by: 'await connection.query(forget, [rows.map(({ seq }) => seq)]); await bus.publish(',
  };
  await withMistake(stage, mistake, (hasty) =>
    expectBrokenByKills(relayRun(hasty, small, 'database')),
  );
});

test('a consumer that commits offsets before its work loses events', oftenEnough, async () => {
  const mistake = {
    file: 'bus/postgres/member.ts',
    replace: 'await onBatch(records);',
    by: 'await commitRecords(pool, group, records); await onBatch(records);',
  };
  await withMistake(stage, mistake, (hasty) =>
    expectBrokenByKills(consumerRun(hasty, small, 'database')),
  );
});

test(
  'a consumer that does not look behind parked messages breaks their order',
  oftenEnough,
  async () => {
    const mistake = {
      file: 'consumer/apply.ts',
      replace: 'const isParked = await lockParkedLines(tx, consumer, fresh);',
      by: 'const isParked = (_message: unknown) => false;',
    };
    await withMistake(stage, mistake, async (forgetful) => {
      await expect(parkingRun(forgetful, larger, 'database')(undefined)).rejects.toThrow();
    });
    expect(await appliedOutOfTurn()).toBe(true);
  },
);

test(
  'a redrive that does not take the message off its line applies it again',
  oftenEnough,
  async () => {
    const mistake = {
      file: 'consumer/redrive.ts',
      replace:
        "await tx.$executeRawUnsafe('delete from platform.parked where seq = $1::bigint', current.seq);",
      by: '',
    };
    await withMistake(stage, mistake, async (stuck) => {
      await expect(redriveRun(stuck, larger, 'database')(undefined)).rejects.toThrow();
    });
    expect(await appliedTwice()).toBe(true);
  },
);

/**
 * The run is whole while nobody is killed, and broken by some kill. The last frames come first: what
 * a protection is for shows after the work is done.
 */
async function expectBrokenByKills(run: FaultRun): Promise<void> {
  const { frames } = await run(undefined);
  const kills = async () => {
    for (let frame = frames; frame > 0; frame -= 1) await run({ frame, when: 'before' });
  };
  await expect(kills()).rejects.toThrow();
}

const appliedTwice = () => isSeen('applied_count > version');
const appliedOutOfTurn = () => isSeen('out_of_turn > 0');

async function isSeen(condition: string): Promise<boolean> {
  const { rows } = await stage.projection.sql.query(`select from seen where ${condition}`);
  return rows.length > 0;
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

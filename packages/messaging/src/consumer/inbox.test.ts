import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DomainDatabase, domainDatabase } from '../promises/domain-database.ts';
import { pgTransact } from '../promises/victim/pg-transact.ts';
import { dayOf, dropForgottenDays, isRemembered, makeDay, recordInInbox } from './inbox.ts';

let database: DomainDatabase;
const transact: ReturnType<typeof pgTransact> = (run) => pgTransact(database.sql)(run);

beforeAll(async () => {
  database = await domainDatabase();
});
afterAll(() => database.drop());

const daysAgo = (days: number) => uuidV7({ msecs: Date.now() - days * 86_400_000 });

test('an event is recorded once, also within one batch, and by each consumer', async () => {
  const event = uuidV7();
  await transact((tx) => makeDay(tx, dayOf(event)));
  expect(await transact((tx) => recordInInbox(tx, 'a', [event, event]))).toEqual(new Set([event]));
  expect(await transact((tx) => recordInInbox(tx, 'a', [event]))).toEqual(new Set());
  expect(await transact((tx) => recordInInbox(tx, 'b', [event]))).toEqual(new Set([event]));
});

test('processes that make the same day at once all succeed', async () => {
  const day = dayOf(daysAgo(3));
  await Promise.all(Array.from({ length: 4 }, () => transact((tx) => makeDay(tx, day))));
});

test('days are forgotten only after their events are refused', async () => {
  const [kept, forgotten] = [dayOf(daysAgo(59)), dayOf(daysAgo(62))];
  expect([isRemembered(kept), isRemembered(forgotten)]).toEqual([true, false]);
  for (const day of [kept, forgotten]) await transact((tx) => makeDay(tx, day));
  await transact(dropForgottenDays);
  const { rows } = await database.sql.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits
     where inhparent = 'platform.inbox'::regclass`,
  );
  const names = rows.map(({ name }) => name);
  expect(names).toContain(`platform.inbox_${kept.replaceAll('-', '')}`);
  expect(names).not.toContain(`platform.inbox_${forgotten.replaceAll('-', '')}`);
});

test('an event from the future is refused, one of a clock slightly ahead is not', () => {
  expect(isRemembered(dayOf(daysAgo(-3)))).toBe(false);
  expect(isRemembered(dayOf(daysAgo(-0.5)))).toBe(true);
});

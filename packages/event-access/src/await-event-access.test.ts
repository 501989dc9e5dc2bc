import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { awaitEventAccess, isFresh } from './await-event-access.ts';
import { type EventAccessDatabase, eventAccessDatabase, idMadeAt } from './event-access.fixture.ts';

let database: EventAccessDatabase;
beforeAll(async () => {
  database = await eventAccessDatabase();
});
afterAll(() => database.stop());

const minutesAgo = (minutes: number) => idMadeAt(Date.now() - minutes * 60_000);

/** How often it looked. */
async function looks(ids: readonly string[]): Promise<number> {
  const query = vi.spyOn(database.tx, '$queryRawUnsafe');
  await awaitEventAccess(database.tx, ids);
  const times = query.mock.calls.length;
  query.mockRestore();
  return times;
}

it('waits for an event that was made moments ago', async () => {
  const id = idMadeAt();
  const waiting = awaitEventAccess(database.tx, [id]);
  await database.arrive(id, 2);
  expect((await waiting).get(id)).toMatchObject({ eventId: id });
});

it.each([
  ['older than a minute', minutesAgo(2)],
  ['from the future', minutesAgo(-2)],
  ['of a version that tells no time', randomUUID()],
  ['that is none', 'x'],
])('looks once for an unknown id %s', async (_, id) => {
  expect(isFresh(id)).toBe(false);
  expect(await looks([id])).toBe(1);
});

it('looks once when everything is known', async () => {
  const id = idMadeAt();
  await database.arrive(id, 2);
  expect(await looks([id])).toBe(1);
});

it('gives up after two seconds, with what arrived meanwhile', async () => {
  const [known, never] = [minutesAgo(5), idMadeAt()];
  await database.arrive(known, 2);
  const started = Date.now();
  const found = await awaitEventAccess(database.tx, [known, never]);
  expect([...found.keys()]).toEqual([known]);
  expect(Date.now() - started).toBeGreaterThanOrEqual(2_000);
});

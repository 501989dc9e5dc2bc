import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type EventAccessDatabase,
  eventAccessDatabase,
  idMadeAt,
  organizerId,
} from './event-access.fixture.ts';
import { loadEventAccess } from './event-access.ts';

let database: EventAccessDatabase;
beforeAll(async () => {
  database = await eventAccessDatabase();
});
afterAll(() => database.stop());

it('keeps everything that other domains guard by', async () => {
  const id = idMadeAt();
  const staff = [{ userId: idMadeAt(), role: 'CO_HOST' as const }];
  await database.arrive(id, 2, { staff, capacity: 200, admission: 'TICKETS' });
  expect((await loadEventAccess(database.tx, [id])).get(id)).toEqual({
    eventId: id,
    organizerId,
    staff,
    status: 'PUBLISHED',
    visibility: 'PRIVATE',
    admission: 'TICKETS',
    capacity: 200,
    title: 'కళ్యాణం',
    startsAt: new Date('2027-02-14T13:00:00Z'),
    endsAt: new Date('2027-02-14T18:00:00Z'),
    timeZone: 'Asia/Kolkata',
  });
});

it('ends with the newest state in whatever order and however often events arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([2, 4, 6, 8, 10], { minLength: 1 }),
      fc.array(fc.constantFrom(2, 4, 6, 8, 10), { maxLength: 5 }),
      async (order, again) => {
        const id = idMadeAt();
        const arriving = [...order, ...again];
        for (const sequence of arriving) {
          await database.arrive(id, sequence, { title: `as of ${sequence}`, capacity: sequence });
        }
        const newest = Math.max(...arriving);
        expect((await loadEventAccess(database.tx, [id])).get(id)).toMatchObject({
          title: `as of ${newest}`,
          capacity: newest,
        });
      },
    ),
    { numRuns: 50 },
  );
});

it('knows nothing of an id that is none, and still answers for the others', async () => {
  const id = idMadeAt();
  await database.arrive(id, 1);
  const known = await loadEventAccess(database.tx, ['x', '', id, idMadeAt()]);
  expect([...known.keys()]).toEqual([id]);
});

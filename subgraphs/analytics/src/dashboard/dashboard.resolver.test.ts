import { createPrismaAdapter } from '@eventxperts/database';
import { anonymous, type Caller } from '@eventxperts/identity';
import {
  guestOf,
  knowEvent,
  type TestSubgraph,
  testSubgraph,
  userNamed,
} from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { analytics } from '../subgraph.ts';
import { createDashboardLoader } from './dashboard.loader.ts';

const organizer = userNamed('01890000-0000-7000-8000-000000000001', ['ORGANIZER']);
const coHost = userNamed('01890000-0000-7000-8000-000000000002');
const doorKeeper = userNamed('01890000-0000-7000-8000-000000000003');
const eventId = '01890000-0000-7000-8000-00000000000e';
const emptyId = '01890000-0000-7000-8000-00000000000f';

const figures = 'invited pending yes no maybe headcount';
const one = `query ($eventId: ID!) { dashboard(eventId: $eventId) { ${figures} } }`;
const ofEvent = `query ($eventId: ID!) {
  _entities(representations: [{ __typename: "Event", id: $eventId }]) {
    ... on Event { dashboard { ${figures} updatedAt } } } }`;

let test: TestSubgraph;

beforeAll(async () => {
  test = await testSubgraph(analytics, {});
  await knowEvent(test.sql, {
    eventId,
    organizerId: organizer.id,
    visibility: 'PUBLIC',
    staff: [
      { userId: coHost.id, role: 'CO_HOST' },
      { userId: doorKeeper.id, role: 'CHECK_IN' },
    ],
  });
  await knowEvent(test.sql, { eventId: emptyId, organizerId: organizer.id });
  await test.sql.query(
    `insert into event_dashboard (event_id, invited, yes, no, maybe, headcount)
     values ($1, 10, 4, 2, 1, 9)`,
    [eventId],
  );
});
afterAll(() => test.stop());

describe('the dashboard of an event', () => {
  it.each<[string, Caller]>([
    ['organizer', organizer],
    ['co-host', coHost],
  ])('shows its %s the figures', async (_, caller) => {
    expect(await test.ask(caller, one, { eventId })).toEqual({
      data: { dashboard: { invited: 10, pending: 3, yes: 4, no: 2, maybe: 1, headcount: 9 } },
    });
  });

  it.each<[string, Caller]>([
    ['staff who only check in', doorKeeper],
    ['a guest', guestOf(eventId, crypto.randomUUID())],
    ['nobody signed in', anonymous],
  ])('is null to %s, though the event is public', async (_, caller) => {
    expect(await test.ask(caller, ofEvent, { eventId })).toEqual({
      data: { _entities: [{ dashboard: null }] },
    });
  });

  it('is all zeros before the first invitation', async () => {
    const { data } = await test.ask(organizer, ofEvent, { eventId: emptyId });
    expect(data).toEqual({
      _entities: [
        {
          dashboard: {
            invited: 0,
            pending: 0,
            yes: 0,
            no: 0,
            maybe: 0,
            headcount: 0,
            updatedAt: null,
          },
        },
      ],
    });
  });
});

it('reads any number of dashboards in two queries', async () => {
  const prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 1 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  const queries: string[] = [];
  prisma.$on('query', ({ query }) => queries.push(query));
  const loader = createDashboardLoader(prisma, organizer);

  const [full, empty] = await Promise.all([loader.load(eventId), loader.load(emptyId)]);
  await prisma.$disconnect();

  expect([full?.yes, empty?.yes]).toEqual([4, 0]);
  expect(queries).toHaveLength(2);
});

import { createPrismaAdapter } from '@eventxperts/database';
import { anonymous, type Caller } from '@eventxperts/identity';
import { execute, parse } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createEventLoader, createSessionsLoader } from './event.loader.ts';
import { EventListService } from './event-list.service.ts';
import {
  type EventsSubgraph,
  eventsSubgraph,
  organizer,
  refusalsOf,
  stranger,
} from './events.fixture.ts';

let test: EventsSubgraph;
beforeAll(async () => {
  test = await eventsSubgraph();
});
afterAll(() => test.stop());
beforeEach(() => test.sql.query('delete from event'));

const pageOf = z.object({
  nodes: z.array(z.object({ id: z.string(), title: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  totalCount: z.number().optional(),
});
const fields = 'nodes { id title } pageInfo { hasNextPage endCursor }';
const listEvents = `query ($filter: EventsFilter, $first: Int, $after: String) {
  events(filter: $filter, first: $first, after: $after) { ${fields} totalCount } }`;
const organized = `query ($user: _Any!, $first: Int, $after: String) {
  _entities(representations: [$user]) { ... on User {
    organizedEvents(first: $first, after: $after) { ${fields} } } } }`;

async function list(variables: Record<string, unknown> = {}) {
  const { data, errors } = await test.ask(anonymous, listEvents, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return z.object({ events: pageOf }).parse(data).events;
}
const titles = async (filter: Record<string, unknown>) =>
  (await list({ filter })).nodes.map(({ title }) => title).sort();

/** Straight into the table: a list of hundreds would take its time through the API. */
const insert = (count: number, startsAt: (number: number) => Date) =>
  test.sql.query(
    `insert into event (id, organizer_id, title, description, status, visibility, admission,
       starts_at, ends_at, time_zone, search_text, updated_at)
     select gen_random_uuid(), $1, 'Event', '', 'PUBLISHED', 'PUBLIC', 'OPEN',
       at, at + interval '1 hour', 'UTC', 'event', now()
     from unnest($2::timestamptz[]) as starts (at)`,
    [organizer.id, Array.from({ length: count }, (_, number) => startsAt(number))],
  );
const day = (number: number) => new Date(Date.UTC(2027, 0, 1 + number));

describe('the public list', () => {
  it('holds published public events alone, sessions apart, by start', async () => {
    const late = await test.makePublished({
      visibility: 'PUBLIC',
      title: 'Late',
      endsAt: '2027-03-02T00:00:00Z',
      startsAt: '2027-03-01T00:00:00Z',
    });
    const early = await test.makePublished({ visibility: 'PUBLIC', title: 'Early' });
    await test.makePublished({ parentId: early, title: 'Session' });
    await test.make({ visibility: 'PUBLIC', title: 'Draft' });
    await test.makePublished({ visibility: 'UNLISTED', title: 'Unlisted' });
    await test.makePublished({ title: 'Private' });
    const { nodes, totalCount } = await list();
    expect(nodes.map(({ id }) => id)).toEqual([early, late]);
    expect(totalCount).toBe(2);
  });

  it.each([
    ['కళ్యాణ', ['శ్రీరామ కళ్యాణం']],
    ['AMRUTHA', ['Amrutha weds Ravi']],
    ['100%', ['100% cotton']],
    ['%', ['100% cotton']],
    ['_', ['snake_case meetup']],
    ['\\', ['back\\slash']],
    ['falaknuma', ['At the palace']],
    ['hyderabad', ['At the palace']],
    ['no such thing', []],
    ["'; drop table event; --", []],
  ])('is searched for %j as it is written', async (text, found) => {
    for (const title of [
      'శ్రీరామ కళ్యాణం',
      'Amrutha weds Ravi',
      '100% cotton',
      'snake_case meetup',
      'back\\slash',
    ]) {
      await test.makePublished({ title, visibility: 'PUBLIC' });
    }
    await test.makePublished({
      title: 'At the palace',
      visibility: 'PUBLIC',
      venue: { name: 'Taj Falaknuma', city: 'Hyderabad' },
    });
    expect(await titles({ text })).toEqual(found);
  });

  it('is filtered by city and by time, the end left out', async () => {
    await test.makePublished({
      title: 'Here',
      visibility: 'PUBLIC',
      venue: { name: 'Taj', city: 'హైదరాబాద్' },
    });
    await test.makePublished({
      title: 'There',
      visibility: 'PUBLIC',
      venue: { name: 'Fort', city: 'Warangal' },
    });
    expect(await titles({ city: 'హైదరాబాద్' })).toEqual(['Here']);
    expect(await titles({ city: 'WARANGAL' })).toEqual(['There']);
    expect(await titles({ city: 'Waran' })).toEqual([]);
    expect(await titles({ from: '2027-02-14T13:00:00Z' })).toHaveLength(2);
    expect(await titles({ from: '2027-02-14T13:00:01Z' })).toEqual([]);
    expect(await titles({ to: '2027-02-14T13:00:00Z' })).toEqual([]);
  });

  it.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['first', { first: -1 }],
    ['after', { after: 'nonsense' }],
    [
      'after',
      { after: cursor(['2027-01-01T00:00:00.000Z', '------------------------------------']) },
    ],
    ['after', { after: cursor(['+275760-09-13T00:00:00.000Z', organizer.id]) }],
    ['after', { after: cursor(['2027-01-01T00:00:00.000Z']) }],
    ['after', { after: 'x'.repeat(5_000) }],
    ['text', { filter: { text: ' ' } }],
    ['text', { filter: { text: 'a\u0000b' } }],
    ['city', { filter: { city: 'x'.repeat(101) } }],
    ['from', { filter: { from: '0000-01-01T00:00:00Z' } }],
  ])('refuses a bad %s: %j', async (field, variables) => {
    expect(refusalsOf(await test.ask(anonymous, listEvents, variables))).toEqual([
      `BAD_USER_INPUT ${field}`,
    ]);
  });
});

function cursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

describe('pages', () => {
  async function walk(between: (page: number) => Promise<unknown> = async () => undefined) {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 1; ; page += 1) {
      const { nodes, pageInfo } = await list({ first: 7, after });
      seen.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) return seen;
      after = pageInfo.endCursor;
      await between(page);
    }
  }

  it('show each event once when all begin at the same moment', async () => {
    await insert(50, () => day(0));
    const seen = await walk();
    expect(new Set(seen).size).toBe(50);
    expect(seen).toHaveLength(50);
  });

  it('repeat and lose nothing that was there while others come and go', async () => {
    await insert(40, (number) => day(Math.floor(number / 3)));
    const before = new Set(await walk());
    const seen = await walk(async (page) => {
      await insert(5, (number) => day(number * 3));
      await test.sql.query(
        `delete from event where id in (select id from event where not id = any($1) limit 2)`,
        [[...before]],
      );
      return page;
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.has(id))).toHaveLength(40);
  });

  it('are 20 long unless told, and an empty one has no cursor', async () => {
    expect(await list()).toEqual({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
      totalCount: 0,
    });
    await insert(21, day);
    expect((await list()).nodes).toHaveLength(20);
  });
});

describe('the events of an organizer', () => {
  const seenBy = async (caller: Caller, id: unknown = organizer.id) => {
    const { data } = await test.ask(caller, organized, { user: { __typename: 'User', id } });
    return z
      .object({ _entities: z.tuple([z.object({ organizedEvents: pageOf }).nullable()]) })
      .parse(data)
      ._entities[0]?.organizedEvents.nodes.map(({ title }) => title);
  };

  it('are all there to themselves, and the published public ones to others', async () => {
    await test.make({ title: 'Draft' });
    await test.makePublished({ title: 'Private' });
    await test.makePublished({ title: 'Public', visibility: 'PUBLIC' });
    expect((await seenBy(organizer))?.toSorted()).toEqual(['Draft', 'Private', 'Public']);
    expect(await seenBy(stranger)).toEqual(['Public']);
    expect(await seenBy(anonymous)).toEqual(['Public']);
    expect(await seenBy(organizer, 'x')).toBeUndefined();
  });
});

describe('queries to the database', () => {
  const everything = `query { events(first: 50) { totalCount nodes {
    id title venue { name } organizer { id } parent { id } sessions { id title } } } }`;

  async function costOf(query: string): Promise<number> {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 2 }),
      log: [{ emit: 'event', level: 'query' }],
    });
    let queries = 0;
    prisma.$on('query', () => {
      queries += 1;
    });
    const { errors } = await execute({
      schema: test.subgraph.schema,
      document: parse(query),
      contextValue: {
        caller: organizer,
        eventList: new EventListService(prisma),
        events: createEventLoader(prisma, organizer),
        sessions: createSessionsLoader(prisma, organizer),
      },
    });
    await prisma.$disconnect();
    expect(errors).toBeUndefined();
    return queries;
  }

  it('are as many for fifty events with sessions as for one', async () => {
    const withSession = async (count: number) => {
      await insert(count, day);
      await test.sql.query(
        `insert into event select (jsonb_populate_record(e, jsonb_build_object(
           'id', gen_random_uuid(), 'parent_id', e.id))).*
         from event e where parent_id is null`,
      );
    };
    await withSession(1);
    const one = await costOf(everything);
    await withSession(60);
    expect(await costOf(everything)).toBe(one);
    expect(one).toBeLessThanOrEqual(5);
  });
});

import { anonymous, type Caller } from '@eventxperts/identity';
import { guestOf } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admin,
  cancelEvent,
  coHost,
  createEvent,
  doorkeeper,
  type EventsSubgraph,
  eventsSubgraph,
  oneEvent,
  organizer,
  publishEvent,
  refusalsOf,
  stranger,
  user,
  wedding,
} from './events.fixture.ts';

let test: EventsSubgraph;
beforeAll(async () => {
  test = await eventsSubgraph();
});
afterAll(() => test.stop());

const statusOf = async (id: string) => {
  const { data } = await test.ask(organizer, oneEvent, { id });
  return JSON.parse(JSON.stringify(data)).event?.status;
};

describe('making an event', () => {
  it('keeps all that was given, and begins as a private draft', async () => {
    const venue = {
      name: 'Taj Falaknuma',
      address: 'Engine Bowli\nHyderabad',
      city: 'Hyderabad',
      latitude: 17.33,
      longitude: 78.47,
    };
    const input = wedding({ title: ' కళ్యాణం ', description: 'Shubham', capacity: 400, venue });
    const { data } = await test.ask(organizer, createEvent, { input });
    expect(data).toMatchObject({
      createEvent: {
        title: 'కళ్యాణం',
        description: 'Shubham',
        status: 'DRAFT',
        visibility: 'PRIVATE',
        admission: 'INVITATION',
        capacity: 400,
        startsAt: '2027-02-14T13:00:00.000Z',
        endsAt: '2027-02-14T18:00:00.000Z',
        timeZone: 'Asia/Kolkata',
        venue,
        organizer: { id: organizer.id },
        parent: null,
      },
    });
  });

  it.each<[string, Caller, string]>([
    ['nobody in particular', anonymous, 'UNAUTHENTICATED'],
    ['a guest', guestOf(user.id, user.id), 'UNAUTHENTICATED'],
    ['a plain user', user, 'FORBIDDEN'],
  ])('is not for %s', async (_, caller, code) => {
    expect(refusalsOf(await test.ask(caller, createEvent, { input: wedding() }))).toEqual([code]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['endsAt', { endsAt: '2027-02-14T18:29:59+05:30' }],
    ['endsAt', { endsAt: '2027-02-14T18:30:00+05:30' }],
    ['endsAt', { endsAt: '2028-03-14T18:30:00+05:30' }],
    ['startsAt', { startsAt: 'tomorrow' }],
    ['startsAt', { startsAt: '2027-02-30T18:30:00Z' }],
    ['startsAt', { startsAt: '2027-02-14T18:30:00' }],
    ['startsAt', { startsAt: '0000-02-14T18:30:00Z' }],
    ['startsAt', { startsAt: 1_800_000_000 }],
    ['timeZone', { timeZone: 'Asia/Amaravati' }],
    ['timeZone', { timeZone: '+05:30' }],
    ['title', { title: '' }],
    ['title', { title: '   ' }],
    ['title', { title: 'Wedding\r\nBcc: everyone@example.com' }],
    ['title', { title: 'Wed\u0000ding' }],
    ['title', { title: 'x'.repeat(201) }],
    ['description', { description: 'x'.repeat(20_001) }],
    ['description', { description: 'a\u0000b' }],
    ['capacity', { capacity: 0 }],
    ['capacity', { capacity: -5 }],
    ['capacity', { capacity: 1_000_001 }],
    ['capacity', { capacity: 1.5 }],
    ['venue.name', { venue: { name: '' } }],
    ['venue.latitude', { venue: { name: 'Taj', latitude: 91 } }],
    ['venue.longitude', { venue: { name: 'Taj', longitude: -180.1 } }],
    ['venue.city', { venue: { name: 'Taj', city: 'Hydera\nbad' } }],
    ['venue.address', { venue: { name: 'Taj', address: '\u0000' } }],
    ['visibility', { visibility: 'SECRET' }],
    ['parentId', { parentId: 'x' }],
  ])('refuses a bad %s: %j', async (field, change) => {
    const { rows } = await test.sql.query('select count(*)::int from event');
    expect(refusalsOf(await test.ask(organizer, createEvent, { input: wedding(change) }))).toEqual([
      `BAD_USER_INPUT ${field}`,
    ]);
    expect((await test.sql.query('select count(*)::int from event')).rows).toEqual(rows);
  });
});

describe('a session', () => {
  const session = (by: Caller, parentId: string) =>
    test.ask(by, createEvent, { input: wedding({ parentId, title: 'Mehendi' }) });

  it('belongs to its event’s organizer, takes its visibility, and lists below it', async () => {
    const parentId = await test.makePublished({ visibility: 'UNLISTED', admission: 'OPEN' });
    expect((await session(organizer, parentId)).data).toMatchObject({
      createEvent: { visibility: 'UNLISTED', admission: 'OPEN', parent: { id: parentId } },
    });
  });

  it('made by a co-host is open to them, and to nobody else of the kind', async () => {
    const parentId = await test.make();
    expect(refusalsOf(await session(coHost, parentId))).toEqual(['NOT_FOUND']);
    await test.grant(parentId, coHost.id, 'CO_HOST');
    const { data } = await session(coHost, parentId);
    const { id, organizer: runs } = JSON.parse(JSON.stringify(data)).createEvent;
    expect(runs).toEqual({ id: organizer.id });
    expect((await test.ask(coHost, publishEvent, { id })).data).toMatchObject({
      publishEvent: { status: 'PUBLISHED' },
    });
    expect((await test.told(id)).at(-1)?.data).toMatchObject({
      staff: [{ userId: coHost.id, role: 'CO_HOST' }],
    });
  });

  it.each([
    ['of an event that is another’s', async () => test.make(), stranger, 'NOT_FOUND'],
    [
      'of a public event that is another’s',
      async () => test.makePublished({ visibility: 'PUBLIC' }),
      stranger,
      'FORBIDDEN',
    ],
    ['of nothing', async () => '01890000-0000-7000-8000-0000000000ff', organizer, 'NOT_FOUND'],
    [
      'of a session',
      async () => test.make({ parentId: await test.make() }),
      organizer,
      'BAD_USER_INPUT parentId',
    ],
    ['of a cancelled event', async () => cancelled(), organizer, 'CONFLICT parentId'],
  ])('is refused %s', async (_, parent, caller, code) => {
    expect(refusalsOf(await session(caller, await parent()))).toEqual([code]);
  });

  it('is the hundredth at most', async () => {
    const parentId = await test.make();
    await test.sql.query(
      `insert into event (id, organizer_id, parent_id, title, description, visibility, admission,
         starts_at, ends_at, time_zone, search_text, updated_at)
       select gen_random_uuid(), $1, $2, 'x', '', 'PRIVATE', 'OPEN', now(), now() + interval '1 hour', 'UTC', '', now()
       from generate_series(1, 100)`,
      [organizer.id, parentId],
    );
    expect(refusalsOf(await session(organizer, parentId))).toEqual(['BAD_USER_INPUT parentId']);
  });
});

const cancelled = async () => {
  const id = await test.make();
  await test.ask(organizer, cancelEvent, { id });
  return id;
};

describe('an event goes from draft to published to cancelled', () => {
  it('and tells each change once, with what guards it, in gapless versions', async () => {
    const id = await test.make();
    for (const change of [publishEvent, publishEvent, cancelEvent, cancelEvent]) {
      expect(refusalsOf(await test.ask(organizer, change, { id }))).toEqual([]);
    }
    const told = await test.told(id);
    expect(told.map(({ type }) => type)).toEqual([
      'event.created',
      'event.access-changed',
      'event.published',
      'event.access-changed',
      'event.cancelled',
      'event.access-changed',
    ]);
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(told.map(({ data }) => data.status)).toEqual([
      'DRAFT',
      'DRAFT',
      'PUBLISHED',
      'PUBLISHED',
      'CANCELLED',
      'CANCELLED',
    ]);
  });

  it('and never back', async () => {
    const id = await cancelled();
    expect(refusalsOf(await test.ask(organizer, publishEvent, { id }))).toEqual(['CONFLICT']);
    expect(await statusOf(id)).toBe('CANCELLED');
  });

  it('once, however many publish it at the same time', async () => {
    const id = await test.make();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => test.ask(organizer, publishEvent, { id })),
    );
    expect(answers.flatMap(refusalsOf)).toEqual([]);
    const told = await test.told(id);
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it.each<[string, Caller, string[], string[]]>([
    ['its organizer', organizer, [], []],
    ['a co-host', coHost, [], []],
    ['a super admin', admin, [], []],
    ['a doorkeeper', doorkeeper, ['FORBIDDEN'], ['FORBIDDEN']],
    ['another organizer', stranger, ['NOT_FOUND'], ['FORBIDDEN']],
    ['nobody in particular', anonymous, ['UNAUTHENTICATED'], ['UNAUTHENTICATED']],
    ['a guest of it', guestOf(user.id, user.id), ['UNAUTHENTICATED'], ['UNAUTHENTICATED']],
  ])('by %s', async (_, caller, ofDraft, ofPublic) => {
    const draft = await test.make();
    const open = await test.makePublished({ visibility: 'PUBLIC' });
    for (const id of [draft, open]) {
      await test.grant(id, coHost.id, 'CO_HOST');
      await test.grant(id, doorkeeper.id, 'CHECK_IN');
    }
    expect(refusalsOf(await test.ask(caller, publishEvent, { id: draft }))).toEqual(ofDraft);
    expect(refusalsOf(await test.ask(caller, cancelEvent, { id: open }))).toEqual(ofPublic);
    expect(await statusOf(draft)).toBe(ofDraft.length > 0 ? 'DRAFT' : 'PUBLISHED');
    expect(await statusOf(open)).toBe(ofPublic.length > 0 ? 'PUBLISHED' : 'CANCELLED');
  });

  it.each(['x', '', '01890000-0000-7000-8000-0000000000ff'])('unless %j is none', async (id) => {
    expect(refusalsOf(await test.ask(organizer, publishEvent, { id }))).toEqual(['NOT_FOUND']);
    expect(refusalsOf(await test.ask(organizer, cancelEvent, { id }))).toEqual(['NOT_FOUND']);
  });
});

import { anonymous, type Caller } from '@eventxperts/identity';
import {
  guestOf,
  knowEvent,
  type TestSubgraph,
  testSubgraph,
  userNamed,
} from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gallery } from '../subgraph.ts';

const organizer = userNamed('01890000-0000-7000-8000-000000000001', ['ORGANIZER']);
const moderator = userNamed('01890000-0000-7000-8000-000000000002');
const stranger = userNamed('01890000-0000-7000-8000-000000000003');
const eventId = '01890000-0000-7000-8000-00000000000e';
const publicId = '01890000-0000-7000-8000-00000000000f';
const draftId = '01890000-0000-7000-8000-00000000000d';
const idOf = (event: string) => event.replace('8000', '9000');

const one = 'query ($eventId: ID!) { gallery(eventId: $eventId) { id event { id } } }';
const ofEvent = `query ($eventId: ID!) {
  _entities(representations: [{ __typename: "Event", id: $eventId }]) {
    ... on Event { gallery { id } } } }`;
const byId = `query ($id: ID!) {
  _entities(representations: [{ __typename: "Gallery", id: $id }]) { ... on Gallery { id } } }`;

let test: TestSubgraph;

beforeAll(async () => {
  test = await testSubgraph(gallery, {});
  await knowEvent(test.sql, {
    eventId,
    organizerId: organizer.id,
    staff: [{ userId: moderator.id, role: 'MODERATOR' }],
  });
  await knowEvent(test.sql, {
    eventId: publicId,
    organizerId: organizer.id,
    visibility: 'PUBLIC',
  });
  await knowEvent(test.sql, {
    eventId: draftId,
    organizerId: organizer.id,
    visibility: 'PUBLIC',
    status: 'DRAFT',
  });
  for (const event of [eventId, publicId, draftId]) {
    await test.sql.query('insert into gallery (id, event_id) values ($1, $2)', [
      idOf(event),
      event,
    ]);
  }
});
afterAll(() => test.stop());

describe('the gallery of a private event', () => {
  it.each<[string, Caller]>([
    ['its organizer', organizer],
    ['its moderator', moderator],
    ['its guest', guestOf(eventId, crypto.randomUUID())],
  ])('is shown to %s', async (_, caller) => {
    const shown = { id: idOf(eventId), event: { id: eventId } };
    expect(await test.ask(caller, one, { eventId })).toEqual({ data: { gallery: shown } });
  });

  it.each<[string, Caller]>([
    ['nobody signed in', anonymous],
    ['a stranger', stranger],
    ['the guest of another event', guestOf(publicId, crypto.randomUUID())],
  ])('is null to %s, by every way', async (_, caller) => {
    expect((await test.ask(caller, one, { eventId })).data).toEqual({ gallery: null });
    expect((await test.ask(caller, ofEvent, { eventId })).data).toEqual({
      _entities: [{ gallery: null }],
    });
    expect((await test.ask(caller, byId, { id: idOf(eventId) })).data).toEqual({
      _entities: [null],
    });
  });
});

it('is shown to all where the event is public', async () => {
  expect((await test.ask(anonymous, ofEvent, { eventId: publicId })).data).toEqual({
    _entities: [{ gallery: { id: idOf(publicId) } }],
  });
});

it('is hidden with the draft of a public event', async () => {
  expect((await test.ask(stranger, one, { eventId: draftId })).data).toEqual({ gallery: null });
});

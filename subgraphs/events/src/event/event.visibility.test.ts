import { anonymous, type Caller } from '@eventxperts/identity';
import { guestOf } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  admin,
  cancelEvent,
  coHost,
  doorkeeper,
  type EventsSubgraph,
  entities,
  eventsSubgraph,
  oneEvent,
  organizer,
  referTo,
  stranger,
} from './events.fixture.ts';

const kinds = ['draft', 'public', 'unlisted', 'private', 'cancelled', 'session'] as const;
type Kind = (typeof kinds)[number];

let test: EventsSubgraph;
const ids = new Map<Kind, string>();
const idOf = (kind: Kind) => ids.get(kind) ?? '';

beforeAll(async () => {
  test = await eventsSubgraph();
  ids.set('draft', await test.make({ visibility: 'PUBLIC' }));
  ids.set('public', await test.makePublished({ visibility: 'PUBLIC' }));
  ids.set('unlisted', await test.makePublished({ visibility: 'UNLISTED' }));
  ids.set('private', await test.makePublished());
  ids.set('cancelled', await test.makePublished());
  await test.ask(organizer, cancelEvent, { id: idOf('cancelled') });
  ids.set('session', await test.makePublished({ parentId: idOf('private') }));
  for (const id of ids.values()) {
    await test.grant(id, coHost.id, 'CO_HOST');
    await test.grant(id, doorkeeper.id, 'CHECK_IN');
  }
});
afterAll(() => test.stop());

const guest = (kind: Kind) => guestOf(idOf(kind), '01890000-0000-7000-8000-0000000000aa');

describe('who sees which event', () => {
  const open: Kind[] = ['public', 'unlisted'];
  it.each<[string, () => Caller, readonly Kind[]]>([
    ['its organizer', () => organizer, kinds],
    ['a co-host', () => coHost, kinds],
    ['a doorkeeper', () => doorkeeper, kinds],
    ['a super admin', () => admin, kinds],
    ['another organizer', () => stranger, open],
    ['nobody in particular', () => anonymous, open],
    ['a guest of the private one', () => guest('private'), [...open, 'private', 'session']],
    ['a guest of the session', () => guest('session'), [...open, 'session']],
    ['a guest of the cancelled one', () => guest('cancelled'), [...open, 'cancelled']],
    ['a guest of the draft', () => guest('draft'), open],
  ])('%s', async (_, caller, seen) => {
    for (const kind of kinds) {
      const id = idOf(kind);
      const shown = seen.includes(kind) ? { id } : null;
      const asked = await test.ask(caller(), oneEvent, { id });
      const referred = await test.ask(caller(), entities, referTo(id));
      expect({ kind, ...asked.data }).toMatchObject({ kind, event: shown });
      expect({ kind, ...referred.data }).toMatchObject({ kind, _entities: [shown] });
    }
  });
});

it.each(['x', '', 7, null, '01890000-0000-7000-8000-0000000000ff'])(
  'an unknown reference %j is null, and the others are answered',
  async (id) => {
    const refs = [...referTo(id).refs, ...referTo(idOf('public')).refs];
    expect(await test.ask(organizer, entities, { refs })).toMatchObject({
      data: { _entities: [null, { id: idOf('public') }] },
    });
  },
);

it('an id in capitals is the same id', async () => {
  const refs = referTo(idOf('public').toUpperCase());
  expect((await test.ask(organizer, entities, refs)).data).toMatchObject({
    _entities: [{ id: idOf('public') }],
  });
});

it('a session’s event is null to whom it is closed, and sessions list what the caller may see', async () => {
  const parent = 'query ($id: ID!) { event(id: $id) { parent { id } } }';
  expect((await test.ask(guest('session'), parent, { id: idOf('session') })).data).toEqual({
    event: { parent: null },
  });
  const draft = await test.make({ parentId: idOf('private'), title: 'Surprise' });
  const sessions = 'query ($id: ID!) { event(id: $id) { sessions { id } } }';
  const seenBy = async (caller: Caller) =>
    (await test.ask(caller, sessions, { id: idOf('private') })).data;
  expect(await seenBy(guest('private'))).toEqual({
    event: { sessions: [{ id: idOf('session') }] },
  });
  expect(await seenBy(organizer)).toEqual({
    event: { sessions: [{ id: idOf('session') }, { id: draft }] },
  });
});

describe('the event of an invitation', () => {
  const invited = `query ($refs: [_Any!]!) {
    _entities(representations: $refs) { ... on Invitation { event { id } } } }`;
  const openedWith = async (
    caller: Caller,
    eventGrant: string | null,
    eventId: unknown = idOf('private'),
  ) => {
    // The grant is verified as any token is; the caller of a test is believed once it has asked.
    await test.ask(guest('private'), '{ __typename }');
    return test.ask(caller, invited, {
      refs: [{ __typename: 'Invitation', id: organizer.id, eventId, eventGrant }],
    });
  };
  const grant = () => guest('private').token;

  it('opens with the grant that came along', async () => {
    expect((await openedWith(anonymous, grant())).data).toEqual({
      _entities: [{ event: { id: idOf('private') } }],
    });
  });

  it.each([
    ['without a grant', () => null, () => idOf('private')],
    ['with a grant for another event', grant, () => idOf('cancelled')],
    ['with a grant for another event’s draft', grant, () => idOf('draft')],
    ['for an id that is none', grant, () => 'x'],
    ['without an id', () => null, () => undefined],
  ])('stays closed %s', async (_, token, eventId) => {
    expect(await openedWith(anonymous, token(), eventId() ?? null)).toEqual({
      data: { _entities: [{ event: null }] },
    });
  });
});

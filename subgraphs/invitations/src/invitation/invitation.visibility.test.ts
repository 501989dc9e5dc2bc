import { anonymous, type Caller, identityEnvironment, verifierFrom } from '@eventxperts/identity';
import { guestOf } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  coHost,
  type InvitationsSubgraph,
  type Invited,
  invitationsSubgraph,
  openIt,
  organizer,
  stranger,
} from './invitations.fixture.ts';

let test: InvitationsSubgraph;
let eventId: string;
let sita: Invited;
let rama: Invited;
let rsvpId: string;

beforeAll(async () => {
  test = await invitationsSubgraph();
});
afterAll(() => test.stop());
beforeEach(async () => {
  // Public, so that nothing is hidden merely because the event is.
  eventId = await test.event({
    visibility: 'PUBLIC',
    staff: [{ userId: coHost.id, role: 'CO_HOST' }],
  });
  const made = await test.invite(eventId, [
    { name: 'Sita', email: 'sita@example.com' },
    { name: 'Rama' },
  ]);
  [sita, rama] = z.tuple([z.custom<Invited>(), z.custom<Invited>()]).parse(made);
  const { data } = await test.answer({ code: sita.code, response: 'YES' });
  rsvpId = z.object({ rsvp: z.object({ id: z.string() }) }).parse(data).rsvp.id;
});

const entities = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
  ... on Invitation { id code eventGrant }
  ... on Guest { id name email }
  ... on Rsvp { id response note guest { email } } } }`;
const referTo = (caller: Caller) =>
  test.ask(caller, entities, {
    refs: [
      { __typename: 'Invitation', id: sita.id },
      { __typename: 'Guest', id: sita.guest.id },
      { __typename: 'Rsvp', id: rsvpId },
    ],
  });

describe('an invitation, its guests and its answer, referred to by another subgraph', () => {
  it.each<[string, () => Caller]>([
    ['the organizer', () => organizer],
    ['a co-host', () => coHost],
    ['its own guest', () => guestOf(eventId, sita.id)],
  ])('are shown to %s', async (_, caller) => {
    expect(await referTo(caller())).toEqual({
      data: {
        _entities: [
          { id: sita.id, code: sita.code, eventGrant: null },
          { id: sita.guest.id, name: 'Sita', email: 'sita@example.com' },
          { id: rsvpId, response: 'YES', note: null, guest: { email: 'sita@example.com' } },
        ],
      },
    });
  });

  it.each<[string, () => Caller]>([
    ['another organizer', () => stranger],
    ['nobody in particular', () => anonymous],
    ['another guest of the event', () => guestOf(eventId, rama.id)],
  ])('are null to %s', async (_, caller) => {
    expect(await referTo(caller())).toEqual({ data: { _entities: [null, null, null] } });
  });

  it('are null to its guest once it is revoked', async () => {
    await test.revoke(sita.id);
    expect(await referTo(guestOf(eventId, sita.id))).toEqual({
      data: { _entities: [null, null, null] },
    });
  });

  it('are null under what is no id, while the others are answered', async () => {
    const refs = ['Invitation', 'Guest', 'Rsvp'].flatMap((__typename) =>
      ['x', '', 7, null, '01890000-0000-7000-8000-0000000000ff'].map((id) => ({ __typename, id })),
    );
    refs.push({ __typename: 'Guest', id: sita.guest.id.toUpperCase() });
    const { data, errors } = await test.ask(organizer, entities, { refs });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ _entities: [...Array(15).fill(null), { id: sita.guest.id }] });
  });
});

describe('the guest list and the summary of an event', () => {
  it.each<[string, Caller]>([
    ['another organizer', stranger],
    ['nobody in particular', anonymous],
  ])('are null to %s', async (_, caller) => {
    expect(await test.readEvent(caller, eventId)).toEqual({ rsvpSummary: null, invitations: null });
  });

  it('are null to a guest of it', async () => {
    expect(await test.readEvent(guestOf(eventId, sita.id), eventId)).toEqual({
      rsvpSummary: null,
      invitations: null,
    });
  });

  it('are there for a co-host, in pages that stay true while more are invited', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page += 1) {
      const { invitations } = await test.readEvent(coHost, eventId, { first: 1, after });
      seen.push(...(invitations?.nodes.map(({ id }) => id) ?? []));
      after = invitations?.pageInfo.endCursor ?? null;
      if (page === 0) await test.inviteOne(eventId, { name: 'Hanuman' });
    }
    expect(seen.slice(0, 2)).toEqual([sita.id, rama.id]);
    expect(new Set(seen).size).toBe(3);
  });

  it('of an event that is none is null', async () => {
    const { data, errors } = await test.ask(
      organizer,
      `{ _entities(representations: [{__typename: "Event", id: "x"}]) { ... on Event { rsvpSummary { yes } } } }`,
    );
    expect({ data, errors }).toEqual({ data: { _entities: [null] }, errors: undefined });
  });
});

describe('a code', () => {
  const opened = z.object({
    invitation: z.object({ eventGrant: z.string(), guest: z.object({ name: z.string() }) }),
  });

  it('opens its own invitation, with a grant for its own event and for nothing else', async () => {
    const { data } = await test.ask(anonymous, openIt, { code: sita.code });
    const { eventGrant, guest } = opened.parse(data).invitation;
    expect(guest.name).toBe('Sita');
    const verifier = verifierFrom(identityEnvironment.parse(test.keys));
    expect(await verifier.verify(`Bearer ${eventGrant}`)).toMatchObject({
      kind: 'guest',
      eventId,
      invitationId: sita.id,
    });
  });

  it('gives no way to the other invitations', async () => {
    const { data } = await test.ask(
      anonymous,
      `query ($code: String!, $other: _Any!) {
        invitation(code: $code) { id }
        _entities(representations: [$other]) { ... on Invitation { id code } } }`,
      { code: sita.code, other: { __typename: 'Invitation', id: rama.id } },
    );
    expect(data).toEqual({ invitation: { id: sita.id }, _entities: [null] });
  });

  it.each([
    ['altered', () => `${sita.code.slice(0, -2)}${sita.code.endsWith('AA') ? 'BA' : 'AA'}`],
    ['cut short', () => sita.code.slice(0, -1)],
    ['padded', () => `${sita.code}=`],
    ['of another id', () => rama.code.slice(0, 20) + sita.code.slice(20)],
    ['made up', () => 'x'],
    ['empty', () => ''],
    ['endless', () => 'A'.repeat(100_000)],
    ['with a zero byte', () => `${sita.code}\u0000`],
  ])('that is %s opens and answers nothing, like an unknown one', async (_, code) => {
    expect(await test.ask(anonymous, openIt, { code: code() })).toEqual({
      data: { invitation: null },
    });
    const { errors } = await test.answer({ code: code(), response: 'NO' });
    expect(errors).toMatchObject([
      { message: 'Invitation not found.', extensions: { code: 'NOT_FOUND' } },
    ]);
  });
});

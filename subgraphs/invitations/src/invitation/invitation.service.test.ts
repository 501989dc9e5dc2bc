import { anonymous, type Caller } from '@eventxperts/identity';
import { guestOf } from '@eventxperts/subgraph/testing';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  coHost,
  doorkeeper,
  type InvitationsSubgraph,
  invitationsSubgraph,
  inviteGuests,
  openIt,
  organizer,
  refusalsOf,
  stranger,
} from './invitations.fixture.ts';

let test: InvitationsSubgraph;
let eventId: string;
beforeAll(async () => {
  test = await invitationsSubgraph();
});
afterAll(() => test.stop());
beforeEach(async () => {
  const staff = [
    { userId: coHost.id, role: 'CO_HOST' as const },
    { userId: doorkeeper.id, role: 'CHECK_IN' as const },
  ];
  eventId = await test.event({ staff });
});

const inviting = (guests: unknown, by: Caller = organizer, to = eventId) =>
  test.ask(by, inviteGuests, { input: { eventId: to, guests } });
const invitedCount = async () => {
  const { rows } = await test.sql.query<{ invitations: number; guests: number }>(
    `select (select count(*)::int from invitation where event_id = $1) as invitations,
            (select count(*)::int from guest where event_id = $1) as guests`,
    [eventId],
  );
  return rows[0];
};

describe('inviting', () => {
  it('makes an invitation each, with a link, and tells the mail its code under seal', async () => {
    const [family, friend] = await test.invite(eventId, [
      { name: ' సీత ', email: 'Sita@Example.com', household: ['Rama', 'Lava'], plusOnesAllowed: 1 },
      { name: 'Hanuman' },
    ]);
    expect(family).toMatchObject({
      status: 'DRAFT',
      partySize: 4,
      guest: { name: 'సీత', email: 'sita@example.com' },
      guests: [{ name: 'సీత' }, { name: 'Rama' }, { name: 'Lava' }],
    });
    expect(family?.link).toContain(family?.code);
    const [created] = await test.told(family?.id ?? '');
    expect(created).toMatchObject({ type: 'invite.created', sequence: 1, data: { partySize: 4 } });
    expect(created?.data.linkSecret).not.toContain(family?.code);
    expect(await test.unsealed(created?.data.linkSecret ?? '')).toBe(family?.code);
    expect((await test.told(friend?.id ?? ''))[0]?.data.linkSecret).toBeNull();
  });

  it('takes 500 at a time and not one more', async () => {
    const guests = Array.from({ length: 500 }, (_, n) => ({
      name: `Guest ${n}`,
      email: `g${n}@example.com`,
    }));
    expect(await test.invite(eventId, guests)).toHaveLength(500);
    expect(refusalsOf(await inviting([...guests, { name: 'One more' }]))).toEqual([
      'BAD_USER_INPUT guests',
    ]);
  });

  it.each<[string, Caller, string[]]>([
    ['its organizer', organizer, []],
    ['a co-host', coHost, []],
    ['a doorkeeper', doorkeeper, ['NOT_FOUND']],
    ['another organizer', stranger, ['NOT_FOUND']],
    ['a guest', guestOf(organizer.id, organizer.id), ['UNAUTHENTICATED']],
    ['nobody in particular', anonymous, ['UNAUTHENTICATED']],
  ])('by %s', async (_, caller, refusals) => {
    expect(refusalsOf(await inviting([{ name: 'Sita' }], caller))).toEqual(refusals);
    expect(await invitedCount()).toMatchObject({ invitations: refusals.length ? 0 : 1 });
  });

  it.each<[string, unknown]>([
    ['guests', []],
    ['guests.0.name', [{ name: '' }]],
    ['guests.1.name', [{ name: 'Rama' }, { name: 'x'.repeat(201) }]],
    ['guests.0.name', [{ name: 'Rama\u0000' }]],
    ['guests.0.email', [{ name: 'Rama', email: 'rama' }]],
    ['guests.0.email', [{ name: 'Rama', email: 'rama@example.com\r\nBcc: all@example.com' }]],
    ['guests.0.plusOnesAllowed', [{ name: 'Rama', plusOnesAllowed: -1 }]],
    ['guests.0.plusOnesAllowed', [{ name: 'Rama', plusOnesAllowed: 21 }]],
    ['guests.0.plusOnesAllowed', [{ name: 'Rama', plusOnesAllowed: 1.5 }]],
    ['guests.0.household', [{ name: 'Rama', household: Array(21).fill('x') }]],
    ['guests.0.household.1', [{ name: 'Rama', household: ['Sita', ''] }]],
    [
      'guests.1.email',
      [
        { name: 'A', email: 'a@example.com' },
        { name: 'B', email: 'A@example.com' },
      ],
    ],
  ])('refuses a bad %s, and then nobody is invited', async (field, guests) => {
    expect(refusalsOf(await inviting(guests))).toEqual([`BAD_USER_INPUT ${field}`]);
    expect(await invitedCount()).toEqual({ invitations: 0, guests: 0 });
  });

  it('refuses whom the event has invited already, by the place in the list, and then all others', async () => {
    await test.inviteOne(eventId, { email: 'sita@example.com' });
    const again = [
      { name: 'Rama', email: 'rama@example.com' },
      { name: 'S', email: 'SITA@example.com' },
    ];
    expect(refusalsOf(await inviting(again))).toEqual(['CONFLICT guests.1.email']);
    expect(await invitedCount()).toEqual({ invitations: 1, guests: 1 });
    expect((await test.readEvent(organizer, eventId)).rsvpSummary).toMatchObject({ invited: 1 });
    const elsewhere = await test.event();
    expect(refusalsOf(await inviting(again, organizer, elsewhere))).toEqual([]);
  });

  it('invites once, however many invite the same guest at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        inviting([{ name: `Helper ${n}` }, { name: 'Sita', email: 'sita@example.com' }]),
      ),
    );
    expect(answers.map(refusalsOf).filter(([code]) => code === undefined)).toHaveLength(1);
    expect(
      answers.map(refusalsOf).filter(([code]) => code === 'CONFLICT guests.1.email'),
    ).toHaveLength(7);
    expect(await invitedCount()).toEqual({ invitations: 2, guests: 2 });
    expect((await test.readEvent(organizer, eventId)).rsvpSummary).toMatchObject({ invited: 2 });
  });

  it('is over with a cancelled event, and knows no event that is none', async () => {
    const cancelled = await test.event({ status: 'CANCELLED' });
    expect(refusalsOf(await inviting([{ name: 'Sita' }], organizer, cancelled))).toEqual([
      'CONFLICT',
    ]);
    const old = uuidv7({ msecs: Date.now() - 120_000 });
    expect(refusalsOf(await inviting([{ name: 'Sita' }], organizer, old))).toEqual(['NOT_FOUND']);
    expect(refusalsOf(await inviting([{ name: 'Sita' }], organizer, 'x'))).toEqual([
      'BAD_USER_INPUT eventId',
    ]);
  });
});

describe('taking an invitation back', () => {
  const answersTo = async (code: string) => [
    (await test.ask(anonymous, openIt, { code })).data,
    refusalsOf(await test.answer({ code, response: 'YES' })),
  ];

  it('ends its code as if it had never been, and counts its answer no more', async () => {
    const { id, code } = await test.inviteOne(eventId, { plusOnesAllowed: 2 });
    await test.inviteOne(eventId);
    await test.answer({ code, response: 'YES', headcount: 3 });
    expect((await test.readEvent(organizer, eventId)).rsvpSummary).toEqual({
      invited: 2,
      pending: 1,
      yes: 1,
      no: 0,
      maybe: 0,
      headcount: 3,
    });
    expect((await test.revoke(id)).data).toEqual({
      revokeInvitation: { id, status: 'REVOKED', code: null, link: null },
    });
    expect((await test.readEvent(organizer, eventId)).rsvpSummary).toEqual({
      invited: 1,
      pending: 1,
      yes: 0,
      no: 0,
      maybe: 0,
      headcount: 0,
    });
    expect(await answersTo(code)).toEqual(await answersTo('A'.repeat(43)));
    expect((await test.told(id)).map(({ type, sequence }) => [type, sequence])).toEqual([
      ['invite.created', 1],
      ['rsvp.changed', 2],
      ['invite.revoked', 3],
    ]);
  });

  it('lets the guest be invited anew, with another code', async () => {
    const eventId = await test.event();
    const guest = { name: 'Sita', email: 'sita@guests.example' };
    const [first] = await test.invite(eventId, [guest]);
    await test.revoke(first?.id ?? '');
    const [second] = await test.invite(eventId, [guest]);
    expect(second?.code).not.toBe(first?.code);
  });

  it('twice, and at the same moment, is once', async () => {
    const { id } = await test.inviteOne(eventId);
    const answers = await Promise.all(Array.from({ length: 5 }, () => test.revoke(id)));
    expect(answers.flatMap(refusalsOf)).toEqual([]);
    expect(await test.told(id)).toHaveLength(2);
    expect((await test.readEvent(organizer, eventId)).rsvpSummary).toMatchObject({ invited: 0 });
  });

  it.each<[string, Caller, string[]]>([
    ['a co-host', coHost, []],
    ['a doorkeeper', doorkeeper, ['NOT_FOUND']],
    ['another organizer', stranger, ['NOT_FOUND']],
    ['nobody in particular', anonymous, ['UNAUTHENTICATED']],
  ])('by %s', async (_, caller, refusals) => {
    const { id } = await test.inviteOne(eventId);
    expect(refusalsOf(await test.revoke(id, caller))).toEqual(refusals);
  });

  it.each(['x', '', '01890000-0000-7000-8000-0000000000ff'])('of %j is NOT_FOUND', async (id) => {
    expect(refusalsOf(await test.revoke(id))).toEqual(['NOT_FOUND']);
  });
});

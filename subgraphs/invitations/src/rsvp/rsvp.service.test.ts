import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type InvitationsSubgraph,
  invitationsSubgraph,
  organizer,
  refusalsOf,
} from '../invitation/invitations.fixture.ts';

let test: InvitationsSubgraph;
beforeAll(async () => {
  test = await invitationsSubgraph();
});
afterAll(() => test.stop());

const summaryOf = async (eventId: string) => (await test.readEvent(organizer, eventId)).rsvpSummary;

describe('an answer', () => {
  it('is given and changed by the code alone, the last one counts', async () => {
    const eventId = await test.event();
    const { id, code } = await test.inviteOne(eventId, { plusOnesAllowed: 2, household: ['Rama'] });
    const given = await test.answer({ code, response: 'YES', headcount: 3, note: 'Shubham!\n' });
    expect(given.data).toMatchObject({
      rsvp: {
        response: 'YES',
        headcount: 3,
        note: 'Shubham!\n',
        guest: { name: 'Sita' },
        invitation: { id, status: 'ANSWERED', rsvp: { response: 'YES' } },
      },
    });
    expect(await summaryOf(eventId)).toMatchObject({ yes: 1, no: 0, maybe: 0, headcount: 3 });
    await test.answer({ code, response: 'MAYBE' });
    expect(await summaryOf(eventId)).toMatchObject({ yes: 0, no: 0, maybe: 1, headcount: 0 });
    await test.answer({ code, response: 'NO' });
    expect(await summaryOf(eventId)).toMatchObject({ yes: 0, no: 1, maybe: 0, headcount: 0 });
  });

  it.each([
    ['YES', undefined, 2],
    ['YES', 1, 1],
    ['YES', 4, 4],
    ['MAYBE', 0, 0],
    ['MAYBE', undefined, 2],
    ['NO', undefined, 0],
    ['NO', 0, 0],
  ])(
    '%s of %s on an invitation for two and two more is for %i',
    async (response, headcount, counted) => {
      const { code } = await test.inviteOne(await test.event(), {
        household: ['Rama'],
        plusOnesAllowed: 2,
      });
      expect((await test.answer({ code, response, headcount })).data).toMatchObject({
        rsvp: { headcount: counted },
      });
    },
  );

  it.each([
    ['headcount', { response: 'YES', headcount: 5 }],
    ['headcount', { response: 'YES', headcount: 0 }],
    ['headcount', { response: 'YES', headcount: -1 }],
    ['headcount', { response: 'YES', headcount: 1.5 }],
    ['headcount', { response: 'YES', headcount: 3_000_000_000 }],
    ['headcount', { response: 'MAYBE', headcount: 5 }],
    ['headcount', { response: 'NO', headcount: 1 }],
    ['response', { response: 'PERHAPS' }],
    ['note', { response: 'YES', note: 'x'.repeat(2_001) }],
    ['note', { response: 'YES', note: 'a\u0000b' }],
  ])('with a bad %s is refused and counts nothing: %j', async (field, input) => {
    const eventId = await test.event();
    const { id, code } = await test.inviteOne(eventId, { household: ['Rama'], plusOnesAllowed: 2 });
    expect(refusalsOf(await test.answer({ code, ...input }))).toEqual([`BAD_USER_INPUT ${field}`]);
    expect(await summaryOf(eventId)).toMatchObject({ pending: 1 });
    expect(await test.told(id)).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['was cancelled', { status: 'CANCELLED' }],
    ['is over', { startsAt: new Date('2020-01-01'), endsAt: new Date('2020-01-02') }],
  ])('to an event that %s comes too late', async (_, change) => {
    const eventId = await test.event();
    const { code } = await test.inviteOne(eventId);
    await test.sql.query(
      `update platform.event_access set status = coalesce($2, status),
         starts_at = coalesce($3, starts_at), ends_at = coalesce($4, ends_at) where event_id = $1`,
      [eventId, change.status, change.startsAt, change.endsAt],
    );
    expect(refusalsOf(await test.answer({ code, response: 'YES' }))).toEqual(['CONFLICT']);
  });

  it('given many times at the same moment counts once', async () => {
    const eventId = await test.event();
    const { id, code } = await test.inviteOne(eventId, { plusOnesAllowed: 3 });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        test.answer({ code, response: 'YES', headcount: (n % 4) + 1 }),
      ),
    );
    expect(answers.flatMap(refusalsOf)).toEqual([]);
    const { rows } = await test.sql.query('select headcount from rsvp where invitation_id = $1', [
      id,
    ]);
    expect(rows).toHaveLength(1);
    expect(await summaryOf(eventId)).toEqual({
      invited: 1,
      pending: 0,
      yes: 1,
      no: 0,
      maybe: 0,
      headcount: rows[0]?.headcount,
    });
    const sequences = (await test.told(id)).map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
  });

  it('twice in one operation shows each as it was given', async () => {
    const { code } = await test.inviteOne(await test.event());
    const { data } = await test.ask(
      organizer,
      `mutation ($code: String!) {
        first: rsvp(input: {code: $code, response: YES}) { invitation { rsvp { response } } }
        second: rsvp(input: {code: $code, response: NO}) { invitation { rsvp { response } } } }`,
      { code },
    );
    expect(data).toEqual({
      first: { invitation: { rsvp: { response: 'YES' } } },
      second: { invitation: { rsvp: { response: 'NO' } } },
    });
  });

  it('is written together with its event and its live update, and never one without the others', async () => {
    const eventId = await test.event();
    const { id, code } = await test.inviteOne(eventId);
    await test.answer({ code, response: 'YES' });
    const { rows } = await test.sql.query(
      `select distinct xmin::text from rsvp where invitation_id = $1::uuid
       union select xmin::text from platform.live where stream = 'event:' || $2 || ':rsvp'
       union select xmin::text from platform.outbox where key = $1::text and type = 'rsvp.changed'
       union select xmin::text from rsvp_summary where event_id = $2::uuid`,
      [id, eventId],
    );
    expect(rows).toHaveLength(1);
    expect((await test.told(id)).at(-1)).toMatchObject({
      type: 'rsvp.changed',
      sequence: 2,
      data: { id, eventId, response: 'YES', headcount: 1 },
    });
  });

  it('is counted once when its transaction has to run again', async () => {
    const eventId = await test.event();
    const { id, code } = await test.inviteOne(eventId);
    await test.sql.query(`
      create sequence runs;
      create function lose_once() returns trigger language plpgsql as $$ begin
        if nextval('runs') = 1 then raise exception 'lost' using errcode = '40001'; end if;
        return new;
      end $$;
      create trigger lose_once before insert on platform.outbox for each row execute function lose_once()`);
    try {
      expect(refusalsOf(await test.answer({ code, response: 'YES' }))).toEqual([]);
      const { rows } = await test.sql.query('select last_value::int as runs from runs');
      expect(rows).toEqual([{ runs: 2 }]);
    } finally {
      await test.sql.query('drop trigger lose_once on platform.outbox');
    }
    expect(await summaryOf(eventId)).toMatchObject({ yes: 1, headcount: 1 });
    expect((await test.told(id)).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });
});

describe('an event that takes only so many', () => {
  it('refuses who would be too many, says how many it still takes, and keeps their former answer', async () => {
    const eventId = await test.event({ capacity: 4 });
    const first = await test.inviteOne(eventId, { plusOnesAllowed: 4 });
    const second = await test.inviteOne(eventId, { plusOnesAllowed: 4 });
    await test.answer({ code: first.code, response: 'YES', headcount: 3 });
    await test.answer({ code: second.code, response: 'MAYBE', headcount: 5 });
    expect(
      (await test.answer({ code: second.code, response: 'YES', headcount: 2 })).errors,
    ).toMatchObject([{ extensions: { code: 'SOLD_OUT', field: 'headcount', left: 1 } }]);
    expect(await summaryOf(eventId)).toMatchObject({ yes: 1, maybe: 1, headcount: 3 });
    expect(
      (await test.answer({ code: first.code, response: 'YES', headcount: 5 })).errors,
    ).toMatchObject([{ extensions: { code: 'SOLD_OUT', left: 4 } }]);
    expect(
      refusalsOf(await test.answer({ code: second.code, response: 'YES', headcount: 1 })),
    ).toEqual([]);
    expect(await summaryOf(eventId)).toMatchObject({ yes: 2, headcount: 4 });
  });

  it('gives a place back with a NO, and with an invitation taken back', async () => {
    const eventId = await test.event({ capacity: 1 });
    const [a, b, c] = await test.invite(eventId, [{ name: 'A' }, { name: 'B' }, { name: 'C' }]);
    const yes = async (code = '') => refusalsOf(await test.answer({ code, response: 'YES' }));
    expect(await yes(a?.code)).toEqual([]);
    expect(await yes(b?.code)).toEqual(['SOLD_OUT headcount']);
    await test.answer({ code: a?.code, response: 'NO' });
    expect(await yes(b?.code)).toEqual([]);
    expect(await yes(c?.code)).toEqual(['SOLD_OUT headcount']);
    await test.revoke(b?.id ?? '');
    expect(await yes(c?.code)).toEqual([]);
  });

  it('lets fewer come even when it is over full, and does not count where tickets do', async () => {
    const eventId = await test.event();
    const { code } = await test.inviteOne(eventId, { plusOnesAllowed: 4 });
    await test.answer({ code, response: 'YES', headcount: 5 });
    await test.sql.query('update platform.event_access set capacity = 2 where event_id = $1', [
      eventId,
    ]);
    expect(refusalsOf(await test.answer({ code, response: 'YES', headcount: 4 }))).toEqual([]);
    const ticketed = await test.event({ capacity: 1, admission: 'TICKETS' });
    const guest = await test.inviteOne(ticketed, { plusOnesAllowed: 1 });
    expect(
      refusalsOf(await test.answer({ code: guest.code, response: 'YES', headcount: 2 })),
    ).toEqual([]);
  });

  it('takes exactly ten of fifty who answer at the same moment', async () => {
    const eventId = await test.event({ capacity: 10 });
    const guests = await test.invite(
      eventId,
      Array.from({ length: 50 }, (_, n) => ({ name: `Guest ${n}` })),
    );
    const answers = await Promise.all(
      guests.map(({ code }) => test.answer({ code, response: 'YES' })),
    );
    const refusals = answers.flatMap(refusalsOf);
    expect(refusals).toEqual(Array(40).fill('SOLD_OUT headcount'));
    expect(await summaryOf(eventId)).toEqual({
      invited: 50,
      pending: 40,
      yes: 10,
      no: 0,
      maybe: 0,
      headcount: 10,
    });
  });
});

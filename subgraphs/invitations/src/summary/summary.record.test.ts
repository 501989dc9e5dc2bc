import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type InvitationsSubgraph,
  type Invited,
  invitationsSubgraph,
  organizer,
} from '../invitation/invitations.fixture.ts';

let test: InvitationsSubgraph;
beforeAll(async () => {
  test = await invitationsSubgraph();
});
afterAll(() => test.stop());

const seats = 12;

type Command =
  | { readonly kind: 'invite'; readonly guests: number }
  | {
      readonly kind: 'answer';
      readonly who: number;
      readonly response: string;
      readonly headcount: number;
    }
  | { readonly kind: 'revoke'; readonly who: number };

const who = fc.nat(9);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('invite' as const),
      guests: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      who,
      response: fc.constantFrom('YES', 'YES', 'NO', 'MAYBE'),
      headcount: fc.integer({ min: -1, max: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('revoke' as const), who }) },
);

/** What the summary should be, counted from the answers themselves. */
async function recount(eventId: string) {
  const { rows } = await test.sql.query(
    `select count(*)::int as invited,
       count(*) filter (where r.id is null)::int as pending,
       count(*) filter (where r.response = 'YES')::int as yes,
       count(*) filter (where r.response = 'NO')::int as no,
       count(*) filter (where r.response = 'MAYBE')::int as maybe,
       coalesce(sum(r.headcount) filter (where r.response = 'YES'), 0)::int as headcount
     from invitation i left join rsvp r on r.invitation_id = i.id
     where i.event_id = $1 and i.status <> 'REVOKED'`,
    [eventId],
  );
  return rows[0];
}

it('always equals a recount, whatever happens at the same time, and never admits too many', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(command, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
      async (rounds) => {
        const eventId = await test.event({ capacity: seats });
        const invited: Invited[] = await test.invite(
          eventId,
          Array.from({ length: 8 }, (_, n) => ({ name: `Guest ${n}`, plusOnesAllowed: 4 })),
        );
        const run = async (step: Command) => {
          if (step.kind === 'invite') {
            const guests = Array.from({ length: step.guests }, () => ({ name: 'Late' }));
            invited.push(...(await test.invite(eventId, guests)));
            return;
          }
          const { id, code } = invited[step.who % invited.length] ?? { id: '', code: '' };
          if (step.kind === 'revoke') await test.revoke(id);
          else await test.answer({ code, response: step.response, headcount: step.headcount });
        };
        for (const round of rounds) {
          await Promise.all(round.map(run));
          const { rsvpSummary } = await test.readEvent(organizer, eventId);
          expect(rsvpSummary).toEqual(await recount(eventId));
          expect(rsvpSummary?.headcount).toBeLessThanOrEqual(seats);
        }
      },
    ),
    { numRuns: 25 },
  );
});

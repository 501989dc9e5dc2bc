import { createPrismaAdapter, createTransact } from '@eventxperts/database';
import { type TestSubgraph, testSubgraph } from '@eventxperts/subgraph/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { analytics } from '../subgraph.ts';
import { countAnswers, type ToldAnswer } from './answer-count.service.ts';

const events = ['01890000-0000-7000-8000-00000000000a', '01890000-0000-7000-8000-00000000000b'];
const invitation = (number: number) =>
  `01890000-0000-7000-8000-0000000001${String(number).padStart(2, '0')}`;

const told = (number: number, answer: ToldAnswer['answer'], sequence: number, headcount = 2) => ({
  invitation_id: invitation(number),
  event_id: events[number % 2] ?? '',
  answer,
  headcount: answer === 'YES' || answer === 'MAYBE' ? headcount : 0,
  sequence,
});

let test: TestSubgraph;
let prisma: PrismaClient;
let count: (answers: readonly ToldAnswer[]) => Promise<void>;

beforeAll(async () => {
  test = await testSubgraph(analytics, {});
  prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 4 }),
  });
  const transact = createTransact<Prisma.TransactionClient>(prisma);
  count = (answers) => transact((tx) => countAnswers(tx, answers));
});
beforeEach(() => test.sql.query('truncate invitation_answer, event_dashboard'));
afterAll(async () => {
  await prisma.$disconnect();
  await test.stop();
});

const sums = async () =>
  (
    await test.sql.query(
      'select event_id, invited, yes, no, maybe, headcount from event_dashboard where invited > 0 order by event_id',
    )
  ).rows;

/** The same figures counted from the answers themselves. */
const recount = async () =>
  (
    await test.sql.query(
      `select event_id, (count(*) filter (where answer <> 'REVOKED'))::int as invited,
         (count(*) filter (where answer = 'YES'))::int as yes,
         (count(*) filter (where answer = 'NO'))::int as no,
         (count(*) filter (where answer = 'MAYBE'))::int as maybe,
         coalesce(sum(headcount) filter (where answer = 'YES'), 0)::int as headcount
       from invitation_answer group by event_id having bool_or(answer <> 'REVOKED') order by event_id`,
    )
  ).rows;

describe('the sums', () => {
  it('move an invitation from its last answer to the new one', async () => {
    await count([told(0, 'PENDING', 0), told(2, 'PENDING', 0)]);
    await count([told(0, 'YES', 2, 3)]);
    await count([told(0, 'NO', 3), told(2, 'MAYBE', 2)]);
    expect(await sums()).toEqual([
      { event_id: events[0], invited: 2, yes: 0, no: 1, maybe: 1, headcount: 0 },
    ]);
  });

  it('are the same after every answer was told again, or late', async () => {
    await count([told(0, 'YES', 5, 3)]);
    const before = await sums();
    await count([told(0, 'YES', 5, 3)]);
    await count([told(0, 'NO', 4)]);
    await count([told(0, 'PENDING', 0)]);
    expect(await sums()).toEqual(before);
  });

  it('lose nothing to batches that run at the same time', async () => {
    const batches = Array.from({ length: 12 }, (_, batch) =>
      [0, 1, 2, 3].map((place) => told(batch * 4 + place, 'YES', 1)),
    );
    await Promise.all(batches.map((batch, n) => count(n % 2 ? batch : batch.toReversed())));
    expect(await sums()).toEqual([
      { event_id: events[0], invited: 24, yes: 24, no: 0, maybe: 0, headcount: 48 },
      { event_id: events[1], invited: 24, yes: 24, no: 0, maybe: 0, headcount: 48 },
    ]);
  });

  it('equal a recount after any history', async () => {
    const batch = fc.uniqueArray(
      fc
        .record({
          number: fc.integer({ min: 0, max: 9 }),
          answer: fc.constantFrom<ToldAnswer['answer']>('PENDING', 'YES', 'NO', 'MAYBE', 'REVOKED'),
          sequence: fc.integer({ min: 0, max: 6 }),
          headcount: fc.integer({ min: 1, max: 5 }),
        })
        .map(({ number, answer, sequence, headcount }) =>
          told(number, answer, sequence, headcount),
        ),
      { selector: ({ invitation_id }) => invitation_id, minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 8 }), async (history) => {
        await test.sql.query('truncate invitation_answer, event_dashboard');
        for (const answers of history) await count(answers);
        expect(await sums()).toEqual(await recount());
      }),
      { numRuns: 40 },
    );
  });
});

import { createPrismaAdapter, createTransact } from '@eventxperts/database';
import type { Envelope, EventData } from '@eventxperts/messaging';
import { type TestSubgraph, testSubgraph } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { analytics } from '../subgraph.ts';
import { onInviteCreated } from './on-invite-created.ts';
import { onInviteRevoked } from './on-invite-revoked.ts';
import { onRsvpChanged } from './on-rsvp-changed.ts';

const eventId = '01890000-0000-7000-8000-00000000000e';
const id = '01890000-0000-7000-8000-000000000101';

let test: TestSubgraph;
let prisma: PrismaClient;
let tell: (...envelopes: Envelope[]) => Promise<void>;

beforeAll(async () => {
  test = await testSubgraph(analytics, {});
  prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 2 }),
  });
  const transact = createTransact<Prisma.TransactionClient>(prisma);
  const handlers = [onInviteCreated(), onInviteRevoked(), onRsvpChanged()];
  tell = async (...envelopes) => {
    for (const handler of handlers) {
      const wanted = envelopes.filter(({ type }) => handler.types.includes(type));
      if (wanted.length > 0) await transact((tx) => handler.handle(tx, wanted));
    }
  };
});
beforeEach(() => test.sql.query('truncate invitation_answer, event_dashboard'));
afterAll(async () => {
  await prisma.$disconnect();
  await test.stop();
});

const figures = () =>
  prisma.eventDashboard.findMany({
    select: { invited: true, yes: true, no: true, maybe: true, headcount: true },
  });

it('counts an invitation, and only the newest of the answers that came at once', async () => {
  await tell(invitation('invite.created', 1));
  expect(await figures()).toEqual([{ invited: 1, yes: 0, no: 0, maybe: 0, headcount: 0 }]);
  await tell(answer('MAYBE', 1, 2), answer('YES', 3, 3));
  expect(await figures()).toEqual([{ invited: 1, yes: 1, no: 0, maybe: 0, headcount: 3 }]);
});

it('counts nothing of an invitation that was taken back', async () => {
  await tell(invitation('invite.created', 1), answer('YES', 3, 2));
  await tell(invitation('invite.revoked', 3));
  expect(await figures()).toEqual([{ invited: 0, yes: 0, no: 0, maybe: 0, headcount: 0 }]);
});

it('comes to the same figures from state told again as from history', async () => {
  await tell(invitation('invite.created', 1), answer('NO', 0, 2), answer('YES', 2, 3));
  const fromHistory = await figures();
  await tell(invitation('invite.created', 4), answer('YES', 2, 5));
  expect(await figures()).toEqual(fromHistory);
  await test.sql.query('truncate invitation_answer, event_dashboard');
  await tell(invitation('invite.created', 4), answer('YES', 2, 5));
  expect(await figures()).toEqual(fromHistory);
});

function envelope<T extends 'invite.created' | 'invite.revoked' | 'rsvp.changed'>(
  type: T,
  sequence: number,
  data: EventData[T],
) {
  return {
    specversion: '1.0' as const,
    id: crypto.randomUUID(),
    source: 'urn:eventxperts:invitations',
    type,
    subject: id,
    time: '2027-01-01T00:00:00.000Z',
    datacontenttype: 'application/json' as const,
    dataschema: `urn:eventxperts:event:${type}`,
    sequence,
    data,
  };
}

const invitation = (type: 'invite.created' | 'invite.revoked', sequence: number): Envelope =>
  envelope(type, sequence, {
    id,
    eventId,
    status: type === 'invite.revoked' ? 'REVOKED' : 'SENT',
    guest: { name: 'Lakshmi', email: null },
    plusOnesAllowed: 2,
    partySize: 3,
    linkSecret: null,
    createdAt: '2027-01-01T00:00:00.000Z',
  });

const answer = (response: 'YES' | 'NO' | 'MAYBE', headcount: number, sequence: number): Envelope =>
  envelope('rsvp.changed', sequence, {
    id,
    eventId,
    response,
    headcount,
    updatedAt: '2027-01-01T00:00:00.000Z',
  });

import { createPrismaAdapter } from '@eventxperts/database';
import { anonymous, type Caller } from '@eventxperts/identity';
import { guestOf, knowEvent, userNamed } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createDeliveryLoader } from './notification.loader.ts';
import { eventId, type OpenNotifications, openNotifications } from './notifications.fixture.ts';

const organizer = userNamed('01890000-0000-7000-8000-000000000001', ['ORGANIZER']);
const stranger = userNamed('01890000-0000-7000-8000-000000000002', ['ORGANIZER']);
const invitationId = '01890000-0000-7000-8000-000000000101';
const otherInvitationId = '01890000-0000-7000-8000-000000000102';

const deliveries = `{ _entities(representations: [{ __typename: "Invitation", id: "${invitationId}" }]) {
  ... on Invitation { deliveries { kind channel status attempts failure sentAt } } } }`;
const byId = `query ($id: ID!) {
  notification(id: $id) { id }
  _entities(representations: [{ __typename: "Notification", id: $id }]) { ... on Notification { id } } }`;

let open: OpenNotifications;
let id: string;

beforeAll(async () => {
  open = await openNotifications();
  await knowEvent(open.test.sql, { eventId, organizerId: organizer.id, visibility: 'PUBLIC' });
  for (const invitation of [invitationId, otherInvitationId]) {
    await open.tell(await open.invited({ name: 'Lakshmi', email: 'l@example.org' }, invitation));
  }
  const [first] = await open.prisma.notification.findMany({ where: { subjectId: invitationId } });
  id = first?.id ?? '';
});
afterAll(() => open.stop());

describe('what was sent for an invitation', () => {
  it('is shown to the organizer of the event', async () => {
    expect(await open.test.ask(organizer, deliveries)).toEqual({
      data: {
        _entities: [
          {
            deliveries: [
              {
                kind: 'INVITATION',
                channel: 'EMAIL',
                status: 'PENDING',
                attempts: 0,
                failure: null,
                sentAt: null,
              },
            ],
          },
        ],
      },
    });
    expect((await open.test.ask(organizer, byId, { id })).data).toEqual({
      notification: { id },
      _entities: [{ id }],
    });
  });

  it.each<[string, Caller]>([
    ['another organizer', stranger],
    ['the guest', guestOf(eventId, invitationId)],
    ['nobody signed in', anonymous],
  ])('is not shown to %s', async (_, caller) => {
    expect((await open.test.ask(caller, deliveries)).data).toEqual({
      _entities: [{ deliveries: [] }],
    });
  });

  it('is null to a stranger who knows its id', async () => {
    expect(await open.test.ask(stranger, byId, { id })).toEqual({
      data: { notification: null, _entities: [null] },
    });
  });

  it('is read for any number of invitations in two queries', async () => {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: open.test.databaseUrl, poolSize: 1 }),
      log: [{ emit: 'event', level: 'query' }],
    });
    const queries: string[] = [];
    prisma.$on('query', ({ query }) => queries.push(query));
    const loader = createDeliveryLoader(prisma, organizer);

    const [one, other] = await Promise.all(
      [invitationId, otherInvitationId].map((invitation) => loader.load(invitation)),
    );
    await prisma.$disconnect();

    expect([one?.length, other?.length]).toEqual([1, 1]);
    expect(queries).toHaveLength(2);
  });
});

import type { EventAccess } from '@eventxperts/event-access';
import { anonymous, type Caller, generatePlatformKeys } from '@eventxperts/identity';
import { openSecret } from '@eventxperts/messaging';
import { knowEvent, testSubgraph, userNamed } from '@eventxperts/subgraph/testing';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { environment } from '../environment.ts';
import { invitations } from '../subgraph.ts';

export const organizer = userNamed('01890000-0000-7000-8000-000000000001', ['ORGANIZER']);
export const coHost = userNamed('01890000-0000-7000-8000-000000000002');
export const doorkeeper = userNamed('01890000-0000-7000-8000-000000000003');
export const stranger = userNamed('01890000-0000-7000-8000-000000000004', ['ORGANIZER']);

export const inviteGuests = `mutation ($input: InviteGuestsInput!) { inviteGuests(input: $input) {
  id code link status partySize plusOnesAllowed guest { id name email } guests { id name } } }`;
const answerIt = `mutation ($input: RsvpInput!) { rsvp(input: $input) {
  id response headcount note updatedAt invitation { id status rsvp { response } } guest { name } } }`;
const revokeIt = 'mutation ($id: ID!) { revokeInvitation(id: $id) { id status code link } }';
export const openIt = `query ($code: String!) { invitation(code: $code) {
  id status partySize code eventGrant guest { name } rsvp { response headcount } } }`;
const readEvent = `query ($event: _Any!, $first: Int, $after: String) {
  _entities(representations: [$event]) { ... on Event {
    rsvpSummary { invited pending yes no maybe headcount }
    invitations(first: $first, after: $after) {
      nodes { id code guest { name } } pageInfo { hasNextPage endCursor } } } } }`;

const made = z.object({
  inviteGuests: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      link: z.string(),
      status: z.string(),
      partySize: z.number(),
      guest: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }),
      guests: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
});
export type Invited = z.infer<typeof made>['inviteGuests'][number];

const told = z.object({
  type: z.string(),
  sequence: z.number(),
  data: z.looseObject({ linkSecret: z.string().nullish() }),
});

const read = z.object({
  _entities: z.tuple([
    z.object({
      rsvpSummary: z.record(z.string(), z.number()).nullable(),
      invitations: z
        .object({
          nodes: z.array(z.looseObject({ id: z.string() })),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        })
        .nullable(),
    }),
  ]),
});

/** The subgraph on a database of its own, with the shortcuts that its tests share. */
export async function invitationsSubgraph() {
  const keys = await generatePlatformKeys();
  const test = await testSubgraph(invitations, environment.parse(keys));

  const invite = async (
    eventId: string,
    guests: readonly Record<string, unknown>[],
    by: Caller = organizer,
  ): Promise<Invited[]> => {
    const { data, errors } = await test.ask(by, inviteGuests, { input: { eventId, guests } });
    if (errors) throw new Error(JSON.stringify(errors));
    return made.parse(data).inviteGuests;
  };

  return {
    ...test,
    keys,
    invite,
    /** An event of the organizer's, as this domain knows it. */
    async event(change: Partial<EventAccess> = {}): Promise<string> {
      const eventId = uuidv7({ msecs: Date.now() - 120_000 });
      await knowEvent(test.sql, { eventId, organizerId: organizer.id, ...change });
      return eventId;
    },
    async inviteOne(eventId: string, change: Record<string, unknown> = {}): Promise<Invited> {
      const [invited] = await invite(eventId, [{ name: 'Sita', ...change }]);
      if (!invited) throw new Error('nobody was invited');
      return invited;
    },
    answer: (input: Record<string, unknown>) => test.ask(anonymous, answerIt, { input }),
    revoke: (id: string, by: Caller = organizer) => test.ask(by, revokeIt, { id }),
    async readEvent(caller: Caller, id: string, page: Record<string, unknown> = {}) {
      const event = { __typename: 'Event', id };
      const { data } = await test.ask(caller, readEvent, { event, ...page });
      return read.parse(data)._entities[0];
    },
    /** What the relay would publish of this invitation, oldest first. */
    async told(id: string) {
      const { rows } = await test.sql.query<{ body: string }>(
        'select body from platform.outbox where key = $1 order by seq',
        [id],
      );
      return rows.map(({ body }) => told.parse(JSON.parse(body)));
    },
    unsealed: (jwe: string) => openSecret(JSON.parse(keys.NOTIFICATIONS_PRIVATE_KEY), jwe),
  };
}

export type InvitationsSubgraph = Awaited<ReturnType<typeof invitationsSubgraph>>;

/** The code of each error, and the field where it names one. */
export const refusalsOf = ({ errors = [] }: { errors?: readonly unknown[] }) =>
  z
    .array(z.object({ extensions: z.object({ code: z.string(), field: z.string().optional() }) }))
    .parse(errors)
    .map(({ extensions: { code, field } }) => (field === undefined ? code : `${code} ${field}`));

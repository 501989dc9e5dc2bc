import { randomUUID } from 'node:crypto';
import type { TestClient } from './test-client.ts';
import type { Tree } from './tree.ts';

export const operations = {
  register: `mutation Register($input: RegisterInput!) {
    register(input: $input) { accessToken refreshToken expiresAt user { id roles } }
  }`,
  login: `mutation Login($input: LoginInput!) {
    login(input: $input) { accessToken refreshToken expiresAt user { id roles } }
  }`,
  me: `query Me { me { id displayName email roles } }`,
  createEvent: `mutation CreateEvent($input: CreateEventInput!) { createEvent(input: $input) { id status } }`,
  publishEvent: `mutation PublishEvent($id: ID!) { publishEvent(id: $id) { id status } }`,
  event: `query Event($id: ID!) {
    event(id: $id) {
      id title startsAt timeZone
      venue { name city }
      organizer { id displayName }
      rsvpSummary { invited pending yes no maybe headcount }
    }
  }`,
  events: `query Events($filter: EventsFilter, $first: Int, $after: String) {
    events(filter: $filter, first: $first, after: $after) {
      nodes { id title startsAt }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }`,
  inviteGuests: `mutation InviteGuests($input: InviteGuestsInput!) {
    inviteGuests(input: $input) { id code link status guest { name email } }
  }`,
  invitation: `query Invitation($code: String!) {
    invitation(code: $code) {
      id status
      guest { name }
      event { title startsAt organizer { displayName } }
      rsvp { response headcount }
    }
  }`,
  rsvp: `mutation Rsvp($input: RsvpInput!) { rsvp(input: $input) { id response headcount updatedAt } }`,
  rsvpUpdated: `subscription RsvpUpdated($eventId: ID!) {
    rsvpUpdated(eventId: $eventId) {
      id response headcount
      guest { name }
      event { title organizer { displayName } rsvpSummary { yes headcount } }
    }
  }`,
} as const;

export const newEvent = {
  title: 'Wedding of Meera and Rohan',
  description: 'Two families, one evening.',
  startsAt: '2027-02-14T13:00:00.000Z',
  endsAt: '2027-02-14T18:00:00.000Z',
  timeZone: 'Asia/Kolkata',
  visibility: 'PRIVATE',
  capacity: 100,
  venue: {
    name: 'Lotus Pond Gardens',
    address: 'Banjara Hills',
    city: 'Hyderabad',
    latitude: 17.4,
    longitude: 78.4,
  },
} as const;

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

/** A new account with an address nobody else has. */
export async function registerPerson(
  { send }: TestClient,
  roles: readonly string[] = ['ORGANIZER'],
  displayName = 'Meera Nair',
): Promise<Person> {
  const email = `${randomUUID()}@people.example`;
  const input = { email, password: 'a long enough password', displayName, roles };
  const { data, errors } = await send({ query: operations.register, variables: { input } });
  if (errors) throw new Error(JSON.stringify(errors));
  return { id: data.register.user.id, email, token: data.register.accessToken };
}

/** A published event of `organizer`; returns its id. */
export async function publishedEvent(
  client: TestClient,
  { token }: Person,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const input = { ...newEvent, ...changes };
  const made = await client.send({ query: operations.createEvent, variables: { input }, token });
  if (made.errors) throw new Error(JSON.stringify(made.errors));
  const { id } = made.data.createEvent;
  await client.send({ query: operations.publishEvent, variables: { id }, token });
  return id;
}

/** Invites and returns the invitations as the organizer sees them. */
export async function invite(
  client: TestClient,
  { token }: Person,
  eventId: string,
  guests: readonly object[],
): Promise<Tree[]> {
  const { data, errors } = await client.send({
    query: operations.inviteGuests,
    variables: { input: { eventId, guests } },
    token,
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.inviteGuests;
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSupergraph, type TestSupergraph } from '../create-supergraph.ts';
import {
  invite,
  newEvent,
  operations,
  type Person,
  publishedEvent,
  registerPerson,
} from '../first-flow.ts';

type Kind = 'DRAFT' | 'PRIVATE' | 'UNLISTED' | 'PUBLIC';
type Caller = 'nobody' | 'guest' | 'user' | 'organizer' | 'host';

const kinds: readonly Kind[] = ['DRAFT', 'PRIVATE', 'UNLISTED', 'PUBLIC'];
const strangers: readonly Caller[] = ['nobody', 'user', 'organizer'];

let supergraph: TestSupergraph;
let people: Readonly<Record<Exclude<Caller, 'nobody' | 'guest'>, Person>>;
let events: ReadonlyMap<Kind, string>;
let codes: ReadonlyMap<Kind, string>;

beforeAll(async () => {
  supergraph = await createSupergraph();
  const [host, organizer, user] = await Promise.all([
    registerPerson(supergraph),
    registerPerson(supergraph),
    registerPerson(supergraph, ['USER'], 'Sita Rao'),
  ]);
  people = { host, organizer, user };
  const made = kinds.map(async (kind) => [kind, await eventOf(kind, host)] as const);
  events = new Map(await Promise.all(made));
  const invited = kinds.map(async (kind) => {
    const [{ code }] = await invite(supergraph, host, idOf(kind), [{ name: 'Arjun Rao' }]);
    return [kind, code] as const;
  });
  codes = new Map(await Promise.all(invited));
});
afterAll(() => supergraph.stop());

async function eventOf(kind: Kind, host: Person): Promise<string> {
  if (kind !== 'DRAFT') return publishedEvent(supergraph, host, { visibility: kind });
  const input = { ...newEvent, visibility: 'PUBLIC' };
  const { data } = await supergraph.send({
    query: operations.createEvent,
    variables: { input },
    token: host.token,
  });
  return data.createEvent.id;
}

const idOf = (kind: Kind): string => events.get(kind) ?? '';
const tokenOf = (caller: Caller): string | undefined =>
  caller === 'nobody' || caller === 'guest' ? undefined : people[caller].token;

const look = `query Look($id: ID!) {
  event(id: $id) {
    title
    rsvpSummary { invited }
    invitations { nodes { code guest { name email } } }
    organizer { displayName email roles }
  }
}`;

const seen = async (kind: Kind, caller: Caller) =>
  (
    await supergraph.send({
      query: look,
      variables: { id: idOf(kind) },
      token: tokenOf(caller),
    })
  ).data.event;

describe.each(['DRAFT', 'PRIVATE'] as const)('a %s event', (kind) => {
  it.each(strangers)('is nothing to %s', async (caller) => {
    expect(await seen(kind, caller)).toBeNull();
  });
});

describe.each(['UNLISTED', 'PUBLIC'] as const)('a published %s event', (kind) => {
  it.each(strangers)('shows %s what is public and no guest', async (caller) => {
    expect(await seen(kind, caller)).toEqual({
      title: newEvent.title,
      rsvpSummary: null,
      invitations: null,
      organizer: { displayName: 'Meera Nair', email: null, roles: null },
    });
  });
});

describe('its organizer', () => {
  it.each(kinds)('sees all of a %s event', async (kind) => {
    expect(await seen(kind, 'host')).toEqual({
      title: newEvent.title,
      rsvpSummary: { invited: 1 },
      invitations: {
        nodes: [{ code: codes.get(kind), guest: { name: 'Arjun Rao', email: null } }],
      },
      organizer: { displayName: 'Meera Nair', email: people.host.email, roles: ['ORGANIZER'] },
    });
  });
});

describe('the list of events', () => {
  const query = `query List($text: String!, $id: ID!) {
    events(first: 100, filter: {text: $text}) { nodes { id } }
    event(id: $id) { organizer { organizedEvents(first: 100) { nodes { id } } } }
  }`;

  it.each(strangers)('shows %s the published public one alone, both ways', async (caller) => {
    const { data } = await supergraph.send({
      query,
      variables: { text: newEvent.title, id: idOf('PUBLIC') },
      token: tokenOf(caller),
    });
    const listed = data.events.nodes.map(({ id }: { id: string }) => id);
    expect(kinds.filter((kind) => listed.includes(idOf(kind)))).toEqual(['PUBLIC']);
    expect(data.event.organizer.organizedEvents.nodes).toEqual([{ id: idOf('PUBLIC') }]);
  });
});

describe('a guest with a code', () => {
  const query = `query Mine($code: String!) {
    invitation(code: $code) {
      guest { name }
      event {
        title
        rsvpSummary { yes }
        invitations { nodes { code } }
        organizer { displayName email organizedEvents { nodes { id } } }
      }
    }
  }`;

  it.each(['PRIVATE', 'UNLISTED', 'PUBLIC'] as const)(
    'sees the %s event and no other guest',
    async (kind) => {
      const { data, errors } = await supergraph.send({
        query,
        variables: { code: codes.get(kind) },
      });
      expect(errors).toBeUndefined();
      expect(data.invitation).toEqual({
        guest: { name: 'Arjun Rao' },
        event: {
          title: newEvent.title,
          rsvpSummary: null,
          invitations: null,
          organizer: {
            displayName: 'Meera Nair',
            email: null,
            organizedEvents: { nodes: [{ id: idOf('PUBLIC') }] },
          },
        },
      });
    },
  );

  it('sees nothing of an event that is still a draft', async () => {
    const { data } = await supergraph.send({ query, variables: { code: codes.get('DRAFT') } });
    expect(data.invitation.event).toBeNull();
  });

  it('opens no other event with it in the same request', async () => {
    const { data } = await supergraph.send({
      query: `query Both($code: String!, $id: ID!) {
        invitation(code: $code) { event { title } }
        event(id: $id) { title }
      }`,
      variables: { code: codes.get('UNLISTED'), id: idOf('PRIVATE') },
    });
    expect(data).toEqual({ invitation: { event: { title: newEvent.title } }, event: null });
  });
});

describe('what only some may do', () => {
  it.each([
    ['nobody', 'UNAUTHENTICATED'],
    ['user', 'FORBIDDEN'],
  ] as const)('making an event is refused to %s', async (caller, code) => {
    const { errors } = await supergraph.send({
      query: operations.createEvent,
      variables: { input: newEvent },
      token: tokenOf(caller),
    });
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it.each(kinds.flatMap((kind) => strangers.map((caller) => [kind, caller] as const)))(
    'inviting to a %s event is refused to %s',
    async (kind, caller) => {
      const { errors } = await supergraph.send({
        query: operations.inviteGuests,
        variables: { input: { eventId: idOf(kind), guests: [{ name: 'Gatecrasher' }] } },
        token: tokenOf(caller),
      });
      const known = kind === 'PUBLIC' ? 'FORBIDDEN' : 'NOT_FOUND';
      expect(errors?.[0]?.extensions.code).toBe(caller === 'nobody' ? 'UNAUTHENTICATED' : known);
    },
  );
});

describe('what the subgraphs say among themselves', () => {
  it.each([
    ['_entities', '{ _entities(representations: [{__typename: "User", id: "1"}]) { __typename } }'],
    ['_service', '{ _service { sdl } }'],
    ['the guest token', '{ invitation(code: "x") { eventGrant } }'],
    ['password hashes', '{ me { passwordHash } }'],
  ])('is not part of the endpoint: %s', async (_, query) => {
    const { status, errors } = await supergraph.send({ query, token: people.host.token });
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

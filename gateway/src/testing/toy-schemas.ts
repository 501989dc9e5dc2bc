import { CodedError } from '@eventxperts/errors';
import { type DocumentNode, parse } from 'graphql';
import { EventQueue } from '../live/event-queue.ts';
import type { SubgraphRequest } from '../transport/subgraph-transport.ts';

/** Whoever waits for events of one kind; the size tells whether somebody was forgotten. */
class Topic<T> {
  readonly listeners = new Set<EventQueue<T>>();

  subscribe(): EventQueue<T> {
    const queue = new EventQueue<T>(1_000, () => this.listeners.delete(queue));
    this.listeners.add(queue);
    return queue;
  }

  publish(event: T): void {
    for (const listener of this.listeners) listener.push(event);
  }
}

export interface ToyContext {
  readonly headers: SubgraphRequest['headers'];
}

type Resolver = (parent: never, args: never, context: ToyContext) => unknown;
export type ToyResolvers = Record<string, Record<string, Resolver | { subscribe: Resolver }>>;

export interface ToyDefinition {
  readonly name: string;
  readonly typeDefs: DocumentNode;
  readonly resolvers: ToyResolvers;
}

const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${imports})`;

const people = [
  { id: 'p1', displayName: 'Asha' },
  { id: 'p2', displayName: 'Ravi' },
];
const events = [
  { id: 'e1', title: 'Sangeet', budget: 100, host: { id: 'p1' } },
  { id: 'e2', title: 'Muhurtham', budget: 200, host: { id: 'p9' } },
];
const byId = <T extends { id: string }>(rows: readonly T[], id: string) =>
  rows.find((row) => row.id === id) ?? null;

export interface AnswerEvent {
  readonly id: string;
  readonly headcount: number;
  readonly event: { readonly id: string };
  readonly by: { readonly id: string };
}

/** Three subgraphs with entities of one another, a subscription, refusals and protected fields. */
export function toyDefinitions() {
  const answered = new Topic<AnswerEvent>();
  const seen: SubgraphRequest['headers'][] = [];
  const headcounts = new Map([['e1', 0]]);

  const peopleSubgraph: ToyDefinition = {
    name: 'people',
    typeDefs: parse(`
      ${link('["@key", "@authenticated"]')}
      type Person @key(fields: "id") { id: ID! displayName: String! email: String @authenticated }
      type Query { me: Person @authenticated people: [Person!]! }
      type Mutation { rename(id: ID!, displayName: String!): Person }
    `),
    resolvers: {
      Query: { me: () => people[0], people: () => people },
      Mutation: {
        rename: (_: never, { id, displayName }: { id: string; displayName: string }) => ({
          id,
          displayName,
        }),
      },
      Person: {
        email: () => 'asha@example.org',
        __resolveReference: ({ id }: { id: string }, { headers }: ToyContext) => {
          seen.push(headers);
          return byId(people, id);
        },
      },
    } as ToyResolvers,
  };

  const eventsSubgraph: ToyDefinition = {
    name: 'events',
    typeDefs: parse(`
      ${link('["@key", "@requiresScopes"]')}
      type Person @key(fields: "id", resolvable: false) { id: ID! }
      type Event @key(fields: "id") {
        id: ID! title: String! host: Person
        budget: Int @requiresScopes(scopes: [["role:ORGANIZER"], ["role:SUPER_ADMIN"]])
      }
      type Query { event(id: ID!): Event events: [Event!]! broken: String coded: String clock: Int! }
      type Mutation { setTitle(id: ID!, title: String!): Event }
    `),
    resolvers: {
      Query: {
        event: (_: never, { id }: { id: string }) => byId(events, id),
        events: () => events,
        broken: () => {
          throw new Error('password=hunter2 at 10.0.0.7');
        },
        coded: () => {
          throw new CodedError('SOLD_OUT', 'Nothing is left.', { field: 'quantity' });
        },
        clock: () => 7,
      },
      Mutation: {
        setTitle: (
          _: never,
          { id, title }: { id: string; title: string },
          { headers }: ToyContext,
        ) => {
          seen.push(headers);
          return { ...byId(events, id), title };
        },
      },
      Event: { __resolveReference: ({ id }: { id: string }) => byId(events, id) },
    } as ToyResolvers,
  };

  const answersSubgraph: ToyDefinition = {
    name: 'answers',
    typeDefs: parse(`
      ${link('["@key", "@authenticated"]')}
      type Person @key(fields: "id", resolvable: false) { id: ID! }
      type Event @key(fields: "id") { id: ID! headcount: Int! }
      type Answer { id: ID! headcount: Int! event: Event by: Person }
      type Query { answers: [Answer!]! }
      type Mutation { answer(eventId: ID!, headcount: Int!): Answer }
      type Subscription {
        answered(eventId: ID!): Answer
        answeredToMe(eventId: ID!): Answer @authenticated
        failing: Answer
      }
    `),
    resolvers: {
      Query: { answers: () => [] },
      Mutation: {
        answer: (_: never, { eventId, headcount }: { eventId: string; headcount: number }) => {
          headcounts.set(eventId, headcount);
          const event = {
            id: `a-${headcount}`,
            headcount,
            event: { id: eventId },
            by: { id: 'p2' },
          };
          answered.publish(event);
          return event;
        },
      },
      Subscription: {
        answered: { subscribe: () => answered.subscribe(), resolve: (event: AnswerEvent) => event },
        answeredToMe: {
          subscribe: () => answered.subscribe(),
          resolve: (event: AnswerEvent) => event,
        },
        failing: {
          subscribe: () => {
            throw new CodedError('FORBIDDEN', 'Not your event.');
          },
        },
      },
      Event: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        headcount: ({ id }: { id: string }) => headcounts.get(id) ?? 0,
      },
    } as unknown as ToyResolvers,
  };

  return {
    definitions: [peopleSubgraph, eventsSubgraph, answersSubgraph],
    answered,
    /** Headers that reached subgraphs. */
    seen,
  };
}

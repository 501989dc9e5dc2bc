import type { BadInput } from './scene.ts';

const repeated = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');

const deep = (depth: number): string =>
  `{ ${'user { organizedEvents { nodes { organizer { '.repeat(depth / 4)} id ${'}'.repeat(depth)} }`;

/** Requests that ask for more than anybody needs. */
export const oversizedRequests: readonly BadInput[] = [
  {
    name: 'a body of 10 MB',
    send: ({ supergraph }) =>
      supergraph.post(JSON.stringify({ query: `# ${'x'.repeat(10_000_000)}\n{ __typename }` })),
    code: 'OPERATION_TOO_LARGE',
    status: 413,
  },
  {
    name: 'an operation of 10,000 aliases',
    send: ({ supergraph }) =>
      supergraph.send({ query: `{ ${repeated(10_000, (n) => `a${n}: __typename`)} }` }),
    code: 'OPERATION_TOO_LARGE',
    status: 400,
  },
  {
    name: 'a mutation of 1,000 aliases',
    send: ({ supergraph, code }) =>
      supergraph.send({
        query: `mutation { ${repeated(1_000, (n) => `a${n}: rsvp(input: {code: "${code}", response: NO}) { id }`)} }`,
      }),
    code: 'OPERATION_TOO_LARGE',
    status: 400,
  },
  {
    name: 'an operation of depth 200',
    send: ({ supergraph }) => supergraph.send({ query: deep(200) }),
    code: 'OPERATION_TOO_LARGE',
    status: 400,
  },
  {
    name: 'the same depth by fragments',
    send: ({ supergraph }) =>
      supergraph.send({
        query: `{ me { ...f0 } } ${repeated(100, (n) => `fragment f${n} on User { organizedEvents { nodes { organizer { ...f${n + 1} } } } }`)} fragment f100 on User { id }`,
      }),
    code: 'OPERATION_TOO_LARGE',
    status: 400,
  },
  {
    name: 'nested lists a million deep',
    send: ({ supergraph }) =>
      supergraph.post(`{"query":"{ __typename }","variables":${'['.repeat(900_000)}`),
    code: 'BAD_REQUEST',
    status: 400,
  },
  {
    name: '501 guests at once',
    send: ({ supergraph, host, eventId }) =>
      supergraph.send({
        query: 'mutation Invite($input: InviteGuestsInput!) { inviteGuests(input: $input) { id } }',
        variables: {
          input: { eventId, guests: Array.from({ length: 501 }, (_, n) => ({ name: `G ${n}` })) },
        },
        token: host.token,
      }),
    code: 'BAD_USER_INPUT',
    field: 'guests',
  },
  {
    name: 'a page of 101',
    send: ({ supergraph }) => supergraph.send({ query: '{ events(first: 101) { totalCount } }' }),
    code: 'BAD_USER_INPUT',
    field: 'first',
  },
];

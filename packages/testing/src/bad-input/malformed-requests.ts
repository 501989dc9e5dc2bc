import { operations } from '../first-flow.ts';
import type { BadInput } from './scene.ts';

const query = '{ events { totalCount } }';
const body = (request: unknown) => JSON.stringify(request);

/** Requests that are no GraphQL request, or one of another schema. */
export const malformedRequests: readonly BadInput[] = [
  {
    name: 'broken JSON',
    send: ({ supergraph }) => supergraph.post('{"query": "{ events {'),
    code: 'BAD_REQUEST',
    status: 400,
  },
  {
    name: 'bytes that are no UTF-8',
    send: ({ supergraph }) => supergraph.post(Uint8Array.of(0x7b, 0xff, 0xfe, 0x00)),
    code: 'BAD_REQUEST',
    status: 400,
  },
  {
    name: 'an empty body',
    send: ({ supergraph }) => supergraph.post(''),
    code: 'BAD_REQUEST',
    status: 400,
  },
  {
    name: 'a query that is a number',
    send: ({ supergraph }) => supergraph.post(body({ query: 42 })),
    code: 'BAD_REQUEST',
    status: 400,
  },
  {
    name: 'variables that are a list',
    send: ({ supergraph }) => supergraph.post(body({ query, variables: [1] })),
    code: 'BAD_REQUEST',
    status: 400,
  },
  {
    name: 'a batch',
    send: ({ supergraph }) => supergraph.post(body([{ query }, { query }])),
    code: 'BAD_REQUEST',
    status: 400,
  },
  {
    name: 'broken GraphQL',
    send: ({ supergraph }) => supergraph.send({ query: 'query { events { totalCount }' }),
    code: 'GRAPHQL_PARSE_FAILED',
    status: 400,
  },
  {
    name: 'an unknown field of a type',
    send: ({ supergraph }) => supergraph.send({ query: '{ events { nodes { passwordHash } } }' }),
    code: 'GRAPHQL_VALIDATION_FAILED',
    status: 400,
  },
  {
    name: 'an unknown root field',
    send: ({ supergraph }) => supergraph.send({ query: 'mutation { dropEverything }' }),
    code: 'GRAPHQL_VALIDATION_FAILED',
    status: 400,
  },
  {
    name: 'an unknown field of an input',
    send: ({ supergraph, code }) =>
      supergraph.send({
        query: operations.rsvp,
        variables: { input: { code, response: 'YES', status: 'ANSWERED' } },
      }),
    code: 'BAD_USER_INPUT',
    status: 400,
  },
  {
    name: 'a number where a text belongs',
    send: ({ supergraph }) =>
      supergraph.send({
        query: operations.rsvp,
        variables: { input: { code: 7, response: 'YES' } },
      }),
    code: 'BAD_USER_INPUT',
    field: 'code',
    status: 400,
  },
  {
    name: 'a text where a number belongs',
    send: ({ supergraph, code }) =>
      supergraph.send({
        query: operations.rsvp,
        variables: { input: { code, response: 'YES', headcount: '2; drop table rsvp' } },
      }),
    code: 'BAD_USER_INPUT',
    field: 'headcount',
    status: 400,
  },
  {
    name: 'an answer that is no answer',
    send: ({ supergraph, code }) =>
      supergraph.send({
        query: operations.rsvp,
        variables: { input: { code, response: 'PERHAPS' } },
      }),
    code: 'BAD_USER_INPUT',
    field: 'response',
    status: 400,
  },
  {
    name: 'nothing where something is needed',
    send: ({ supergraph }) => supergraph.send({ query: operations.rsvp, variables: {} }),
    code: 'BAD_USER_INPUT',
    field: 'input',
    status: 400,
  },
];

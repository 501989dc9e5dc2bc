import { expect, test } from 'vitest';
import { catalogue, products, refuse, testFeatures, type WithId } from '../testing/feature-case.ts';
import { type SmallSubgraph, smallSupergraph } from '../testing/small-supergraph.ts';

testFeatures({
  'a union with other members in each subgraph': {
    subgraphs: {
      search: {
        sdl: `type Query { found: [Found!] } union Found = Film | Book
          type Film @key(fields: "id") { id: ID! } type Book @key(fields: "id") { id: ID! pages: Int! }`,
        resolvers: {
          Query: {
            found: () => [
              { __typename: 'Film', id: 'f1' },
              { __typename: 'Book', id: 'b1', pages: 0 },
            ],
          },
        },
      },
      films: {
        sdl: `type Query { all: [Found] } union Found = Film | Actor type Actor { name: String }
          type Film @key(fields: "id") { id: ID! length: String! }`,
        resolvers: {
          Query: { all: () => [{ __typename: 'Actor', name: 'Soumitra' }] },
          Film: { length: () => '2 h' },
        },
      },
    },
    query:
      '{ found { kind: __typename ... on Film { length } ... on Book { pages } } all { ... on Actor { name } } }',
    data: {
      found: [
        { kind: 'Film', length: '2 h' },
        { kind: 'Book', pages: 0 },
      ],
      all: [{ name: 'Soumitra' }],
    },
  },
  'one name for two types that only this subgraph sees differ, also of an empty value': {
    subgraphs: {
      search: {
        sdl: `type Query { found: [Found!] } union Found = Film | Book
          type Film @key(fields: "id") { id: ID! name: String! @shareable }
          type Book { name: String other: Int }`,
        resolvers: {
          Query: {
            found: () => [
              { __typename: 'Film', id: 'f1', name: '' },
              { __typename: 'Book', name: 'Gitanjali' },
            ],
          },
          Book: { other: refuse },
        },
      },
      films: { sdl: 'type Film @key(fields: "id") { id: ID! name: String @shareable }' },
    },
    query: '{ found { ... on Film { name } ... on Book { name other } } }',
    data: { found: [{ name: '' }, { name: 'Gitanjali', other: null }] },
    errors: [['found', 1, 'other']],
    fetches: 1,
  },
  'an alias that has the name of a key': {
    subgraphs: {
      catalogue: {
        sdl: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! title: String }',
        resolvers: { Query: { product: () => ({ id: 'p1', title: 'Chair' }) } },
      },
      inventory: {
        sdl: 'type Product @key(fields: "id") { id: ID! stock: Int }',
        resolvers: { Product: { stock: ({ id }: WithId) => (id === 'p1' ? 5 : 0) } },
      },
    },
    query: '{ product { id: title stock key: id } }',
    data: { product: { id: 'Chair', stock: 5, key: 'p1' } },
  },
  'conditions around a fetch': {
    subgraphs: {
      catalogue,
      inventory: { sdl: 'type Product @key(fields: "id") { id: ID! stock: Int }' },
    },
    query: 'query ($no: Boolean = false) { products { id stock @include(if: $no) } }',
    data: { products },
    fetches: 1,
  },
  'conditions within a fetch, by fragments and variables': {
    subgraphs: {
      catalogue,
      inventory: {
        sdl: 'type Product @key(fields: "id") { id: ID! stock: Int place: String }',
        resolvers: { Product: { stock: () => 1, place: () => 'A' } },
      },
    },
    query: `query ($yes: Boolean!, $no: Boolean!) {
      products { ...more @skip(if: $no) place @skip(if: $yes) ... @include(if: $no) { id } } }
      fragment more on Product { stock @include(if: $yes) __typename }`,
    variables: { yes: true, no: false },
    data: {
      products: [
        { stock: 1, __typename: 'Product' },
        { stock: 1, __typename: 'Product' },
      ],
    },
  },
  'enums and inputs that differ by subgraph': {
    subgraphs: {
      a: {
        sdl: `type Query { a(by: Filter): String } input Filter { kind: Kind size: Int } enum Kind { OPEN CLOSED }`,
        resolvers: { Query: { a: (_: never, args: object) => JSON.stringify(args) } },
      },
      b: {
        sdl: `type Query { b(by: Filter): String } input Filter { kind: Kind } enum Kind { OPEN CLOSED LATE }`,
        resolvers: { Query: { b: (_: never, args: object) => JSON.stringify(args) } },
      },
    },
    query: 'query ($by: Filter) { a(by: $by) b(by: { kind: CLOSED }) }',
    variables: { by: { kind: 'OPEN' } },
    data: { a: '{"by":{"kind":"OPEN"}}', b: '{"by":{"kind":"CLOSED"}}' },
  },
  'entities in lists of lists': {
    subgraphs: {
      a: {
        sdl: 'type Query { grid: [[Cell]] } type Cell @key(fields: "id") { id: ID! }',
        resolvers: { Query: { grid: () => [[{ id: '1' }, null], null, [{ id: '2' }]] } },
      },
      b: {
        sdl: 'type Cell @key(fields: "id") { id: ID! value: Int }',
        resolvers: {
          Cell: { value: ({ id }: WithId) => (id === '2' ? refuse() : Number(id)) },
        },
      },
    },
    query: '{ grid { value } }',
    data: { grid: [[{ value: 1 }, null], null, [{ value: null }]] },
    errors: [['grid', 2, 0, 'value']],
  },
  'an entity that its subgraph does not know, and nulls that move up': {
    subgraphs: {
      catalogue,
      inventory: {
        sdl: 'type Product @key(fields: "id") { id: ID! stock: Int! }',
        resolvers: {
          Product: {
            __resolveReference: ({ id }: WithId) => (id === 'p1' ? { id } : null),
            stock: () => 4,
          },
        },
      },
    },
    query: '{ products { id stock } }',
    data: { products: [{ id: 'p1', stock: 4 }, null] },
  },
  'one entity at several places fails at each of them': {
    subgraphs: {
      a: {
        sdl: 'type Query { first: Thing rest: [Thing] } type Thing @key(fields: "id") { id: ID! }',
        resolvers: {
          Query: { first: () => ({ id: '1' }), rest: () => [{ id: '2' }, { id: '1' }] },
        },
      },
      b: {
        sdl: 'type Thing @key(fields: "id") { id: ID! name: String }',
        resolvers: { Thing: { name: ({ id }: WithId) => (id === '1' ? refuse() : 'two') } },
      },
    },
    query: '{ first { called: name } rest { called: name } }',
    data: { first: { called: null }, rest: [{ called: 'two' }, { called: null }] },
    errors: [
      ['first', 'called'],
      ['rest', 1, 'called'],
    ],
    fetches: 2,
  },
  'one entity at two places that ask it for different things by one name': {
    subgraphs: {
      a: {
        sdl: 'type Query { one: Thing other: Thing } type Thing @key(fields: "id") { id: ID! }',
        resolvers: { Query: { one: () => ({ id: '1' }), other: () => ({ id: '1' }) } },
      },
      b: {
        sdl: `type Thing @key(fields: "id") { id: ID! owner: User }
          type User @key(fields: "id", resolvable: false) { id: ID! }`,
        resolvers: { Thing: { owner: () => ({ id: 'u1' }) } },
      },
      c: {
        sdl: 'type User @key(fields: "id") { id: ID! label(n: Int): String }',
        resolvers: { User: { label: (_: never, { n }: { n: number }) => `number ${n}` } },
      },
    },
    query: '{ one { owner { label(n: 1) } } other { owner { label(n: 2) } } }',
    data: { one: { owner: { label: 'number 1' } }, other: { owner: { label: 'number 2' } } },
    fetches: 4,
  },
  'introspection beside data, and no fetch for it alone': {
    subgraphs: { catalogue },
    query: '{ __type(name: "Product") { name fields { name } } kind: __typename }',
    data: { __type: { name: 'Product', fields: [{ name: 'id' }] }, kind: 'Query' },
    fetches: 0,
  },
  'one of several operations': {
    subgraphs: { catalogue },
    query: 'query A { products { __typename } } query B { products { id } }',
    operationName: 'B',
    data: { products },
  },
  'a response name that objects have already': {
    subgraphs: {
      catalogue,
      inventory: {
        sdl: 'type Product @key(fields: "id") { id: ID! stock: Int }',
        resolvers: { Product: { stock: () => 1 } },
      },
    },
    query: '{ products { constructor: stock toString: id } }',
    data: {
      products: [
        { constructor: 1, toString: 'p1' },
        { constructor: 1, toString: 'p2' },
      ],
    },
  },
});

test('mutations of several subgraphs run one after the other, with what belongs to each', async () => {
  const order: string[] = [];
  const mutation = (name: string): SmallSubgraph => ({
    sdl: `type Query { ${name}: Int } type Mutation { add${name}(n: Int): Thing } type Thing @key(fields: "id") { id: ID! ${name}: Int }`,
    resolvers: {
      Mutation: {
        [`add${name}`]: async (_: never, { n }: { n: number }) => {
          await new Promise((resolve) => setImmediate(resolve));
          order.push(`${name}${n}`);
          return { id: '1' };
        },
      },
      Thing: { [name]: () => order.push(`of ${name}`) },
    },
  });
  const { run } = smallSupergraph({ a: mutation('a'), b: mutation('b') });
  const { data } = await run(
    'mutation { x: adda(n: 1) { b } addb(n: 2) { a } y: adda(n: 3) { b } }',
  );
  expect(order).toEqual(['a1', 'of b', 'b2', 'of a', 'a3', 'of b']);
  expect(data).toEqual({ x: { b: 2 }, addb: { a: 4 }, y: { b: 6 } });
});

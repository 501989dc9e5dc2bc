import { CodedError } from '@eventxperts/errors';
import { expect, test } from 'vitest';
import { type SmallSubgraph, smallSupergraph } from '../testing/small-supergraph.ts';

interface Case {
  readonly subgraphs: Record<string, SmallSubgraph>;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly data: unknown;
  /** Paths of the errors that are told. */
  readonly errors?: readonly (readonly (string | number)[])[];
  readonly fetches?: number;
}

interface WithId {
  readonly id: string;
}
const refuse = () => {
  throw new CodedError('CONFLICT', 'It failed.');
};
const products = [{ id: 'p1' }, { id: 'p2' }];
const catalogue: SmallSubgraph = {
  sdl: 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! }',
  resolvers: { Query: { products: () => products } },
};

const cases: Record<string, Case> = {
  '@requires with arguments, beside the same field with others': {
    subgraphs: {
      catalogue: {
        sdl: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! price(in: String): Int }',
        resolvers: {
          Query: { product: () => products[0] },
          Product: { price: (_: never, args: { in: string }) => (args.in === 'USD' ? 10 : 800) },
        },
      },
      shipping: {
        sdl: `type Product @key(fields: "id") { id: ID! price(in: String): Int @external
          cost: String @requires(fields: "price(in: \\"USD\\")") }`,
        resolvers: {
          Product: { cost: ({ price }: { price: number }) => `${price} dollars` },
        },
      },
    },
    query: '{ product { price(in: "INR") cost id: price(in: "INR") } }',
    data: { product: { price: 800, cost: '10 dollars', id: 800 } },
  },
  '@requires of nested fields, of a union too': {
    subgraphs: {
      catalogue: {
        sdl: `type Query { product: Product } type Product @key(fields: "id") { id: ID! size: Size parts: [Part] }
          type Size @shareable { width: Int height: Int } union Part = Bolt | Nut
          type Bolt @shareable { length: Int } type Nut @shareable { thread: String }`,
        resolvers: {
          Query: {
            product: () => ({
              id: 'p1',
              size: { width: 2, height: 3 },
              parts: [{ __typename: 'Bolt', length: 4 }, null, { __typename: 'Nut', thread: 'M5' }],
            }),
          },
        },
      },
      shipping: {
        sdl: `type Product @key(fields: "id") { id: ID! size: Size @external parts: [Part] @external
          label: String @requires(fields: "size { width height } parts { ... on Bolt { length } ... on Nut { thread } }") }
          type Size @shareable { width: Int height: Int } union Part = Bolt | Nut
          type Bolt @shareable { length: Int } type Nut @shareable { thread: String }`,
        resolvers: {
          Product: {
            label: ({ size, parts }: { size: object; parts: object[] }) =>
              JSON.stringify([size, parts.map((part) => part && Object.values(part))]),
          },
        },
      },
    },
    query: '{ product { label } }',
    data: { product: { label: '[{"width":2,"height":3},[[4],null,["M5"]]]' } },
  },
  '@provides saves a fetch': {
    subgraphs: {
      reviews: {
        sdl: `type Query { review: Review } type Review { author: User @provides(fields: "name") }
          type User @key(fields: "id") { id: ID! name: String @external }`,
        resolvers: { Query: { review: () => ({ author: { id: 'u1', name: 'Asha' } }) } },
      },
      users: { sdl: 'type User @key(fields: "id") { id: ID! name: String @shareable }' },
    },
    query: '{ review { author { name } } }',
    data: { review: { author: { name: 'Asha' } } },
    fetches: 1,
  },
  '@override takes the field from where it was': {
    subgraphs: {
      catalogue: {
        sdl: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! stock: Int }',
        resolvers: { Query: { product: () => ({ id: 'p1', stock: 1 }) } },
      },
      inventory: {
        sdl: 'type Product @key(fields: "id") { id: ID! stock: Int @override(from: "catalogue") }',
        resolvers: { Product: { stock: () => 2 } },
      },
    },
    query: '{ product { stock } }',
    data: { product: { stock: 2 } },
  },
  'a @shareable object is put together of both subgraphs': {
    subgraphs: {
      a: {
        sdl: 'type Query { place: Place @shareable } type Place { x: Int @shareable onlyA: Int }',
        resolvers: { Query: { place: () => ({ x: 1, onlyA: 2 }) } },
      },
      b: {
        sdl: 'type Query { place: Place @shareable } type Place { x: Int @shareable onlyB: Int }',
        resolvers: { Query: { place: () => ({ x: 1, onlyB: 3 }) } },
      },
    },
    query: '{ place { x onlyA onlyB } }',
    data: { place: { x: 1, onlyA: 2, onlyB: 3 } },
  },
  'one that fails takes nothing away from what the other said': {
    subgraphs: {
      a: {
        sdl: 'type Query { place: Place @shareable } type Place { x: Int @shareable onlyA: Int }',
        resolvers: { Query: { place: () => ({ x: 1, onlyA: 2 }) } },
      },
      b: {
        sdl: 'type Query { place: Place @shareable } type Place { x: Int @shareable onlyB: Int }',
        resolvers: { Query: { place: refuse } },
      },
    },
    query: '{ place { onlyA onlyB } }',
    data: { place: { onlyA: 2, onlyB: null } },
    errors: [['place']],
  },
  'an @inaccessible enum value is null': {
    subgraphs: {
      a: {
        sdl: `type Query { kinds: [Kind] kind: Kind! } enum Kind { OPEN SECRET @inaccessible }`,
        resolvers: { Query: { kinds: () => ['OPEN', 'SECRET'], kind: () => 'SECRET' } },
      },
    },
    query: '{ kinds }',
    data: { kinds: ['OPEN', null] },
  },
  'an object of an @inaccessible type is null': {
    subgraphs: {
      a: {
        sdl: `type Query { parts: [Part] } union Part = Bolt | Nut type Bolt { a: Int } type Nut @inaccessible { b: Int }`,
        resolvers: {
          Query: { parts: () => [{ __typename: 'Nut' }, { __typename: 'Bolt', a: 1 }] },
        },
      },
    },
    query: '{ parts { __typename ... on Bolt { a } } }',
    data: { parts: [null, { __typename: 'Bolt', a: 1 }] },
  },
  '@interfaceObject adds a field to every implementation': {
    subgraphs: {
      media: {
        sdl: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String }
          type Film implements Media @key(fields: "id") { id: ID! title: String }`,
        resolvers: {
          Query: {
            media: () => [
              { __typename: 'Book', id: '1', title: 'Gitanjali' },
              { __typename: 'Film', id: '1', title: 'Charulata' },
            ],
          },
        },
      },
      reviews: {
        sdl: `type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
        resolvers: { Media: { stars: ({ id }: WithId) => Number(id) + 3 } },
      },
    },
    query: '{ media { __typename title stars ... on Film { id } } }',
    data: {
      media: [
        { __typename: 'Book', title: 'Gitanjali', stars: 4 },
        { __typename: 'Film', title: 'Charulata', stars: 4, id: '1' },
      ],
    },
  },
  'from an @interfaceObject back to what it is': {
    subgraphs: {
      media: {
        sdl: `interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }`,
        resolvers: {
          Media: {
            __resolveReference: ({ id }: WithId) => ({ __typename: 'Book', id }),
            __resolveType: () => 'Book',
          },
          Book: { title: () => 'Gitanjali', pages: () => 104 },
        },
      },
      reviews: {
        sdl: `type Query { best: [Media] } type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
        resolvers: { Query: { best: () => [{ id: '7', stars: 5 }] } },
      },
    },
    query: '{ best { __typename stars title ... on Book { pages } } }',
    data: { best: [{ __typename: 'Book', stars: 5, title: 'Gitanjali', pages: 104 }] },
  },
  'compound, nested and several keys, one after the other': {
    subgraphs: {
      a: {
        sdl: 'type Query { user: User } type User @key(fields: "org no") { org: String no: Int }',
        resolvers: { Query: { user: () => ({ org: 'x', no: 1 }) } },
      },
      b: {
        sdl: `type User @key(fields: "org no") @key(fields: "account { id }") { org: String no: Int account: Account }
          type Account @shareable { id: ID! }`,
        resolvers: {
          User: { account: ({ org, no }: { org: string; no: number }) => ({ id: `${org}${no}` }) },
        },
      },
      c: {
        sdl: `type User @key(fields: "account { id }") { account: Account name: String } type Account @shareable { id: ID! }`,
        resolvers: { User: { name: ({ account }: { account: WithId }) => `named ${account.id}` } },
      },
    },
    query: '{ user { name } }',
    data: { user: { name: 'named x1' } },
    fetches: 3,
  },
  'a key that cannot be resolved leads nowhere else': {
    subgraphs: {
      orders: {
        sdl: 'type Query { buyer: User } type User @key(fields: "id", resolvable: false) { id: ID! }',
        resolvers: { Query: { buyer: () => ({ id: 'u1' }) } },
      },
      users: {
        sdl: 'type Query { users: [User] } type User @key(fields: "id") { id: ID! name: String }',
        resolvers: { User: { name: ({ id }: WithId) => `named ${id}` } },
      },
    },
    query: '{ buyer { id name } }',
    data: { buyer: { id: 'u1', name: 'named u1' } },
  },
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
};

test.each(Object.entries(cases))('%s', async (_name, each) => {
  const supergraph = smallSupergraph(each.subgraphs);
  const { data, errors = [] } = await supergraph.run(
    each.query,
    each.variables,
    each.operationName,
  );
  expect(supergraph.faults).toEqual([]);
  expect(data).toEqual(each.data);
  expect(errors.map(({ path }) => path)).toEqual(each.errors ?? []);
  if (each.fetches !== undefined) expect(supergraph.asked).toHaveLength(each.fetches);
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

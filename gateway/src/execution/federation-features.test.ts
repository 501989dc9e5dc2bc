import { catalogue, products, refuse, testFeatures, type WithId } from '../testing/feature-case.ts';

testFeatures({
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
  'what @requires needs has failed: the field is null, and its subgraph is not asked': {
    subgraphs: {
      catalogue,
      prices: {
        sdl: 'type Product @key(fields: "id") { id: ID! price: Int }',
        execute: async () => ({
          data: null,
          errors: [{ message: 'It failed.', extensions: { code: 'CONFLICT' } }],
        }),
      },
      shipping: {
        sdl: `type Product @key(fields: "id") { id: ID! price: Int @external
          cost: String @requires(fields: "price") }`,
        resolvers: { Product: { cost: ({ price }: { price: number }) => `${price} dollars` } },
      },
    },
    query: '{ products { cost } }',
    data: { products: [{ cost: null }, { cost: null }] },
    errors: [['products']],
    fetches: 2,
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
  'an @interfaceObject that nobody else knows is null where its type matters': {
    subgraphs: {
      media: {
        sdl: `interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String }`,
        resolvers: { Media: { __resolveReference: () => null, __resolveType: () => 'Book' } },
      },
      reviews: {
        sdl: `type Query { best: [Media] } type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
        resolvers: { Query: { best: () => [{ id: '7', stars: 5 }] } },
      },
    },
    query:
      '{ best { ... on Book { id } } named: best { __typename id } plain: best { ... on Media { stars title } } }',
    data: { best: [null], named: [null], plain: [{ stars: 5, title: null }] },
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
});

import type { DocumentNode } from 'graphql';
import { parse } from 'graphql';

/** The four subgraphs of the public federation benchmark's shape, with data of our own. */
export interface ShopSubgraph {
  readonly name: 'accounts' | 'inventory' | 'products' | 'reviews';
  readonly typeDefs: DocumentNode;
  readonly resolvers: Record<string, Record<string, (source: never, args: never) => unknown>>;
}

const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])`;

const sentence =
  'The colours are as in the picture, it came two days early and well packed, the second one is a gift for my sister and she has asked for a third, so I can only recommend it to everyone who is still waiting. ';

const users = Array.from({ length: 6 }, (_, index) => ({
  id: `u${index + 1}`,
  name: `Name Number ${index + 1}`,
  username: `user${index + 1}`,
}));
const products = Array.from({ length: 9 }, (_, index) => ({
  upc: `${index + 1}`,
  name: `Product ${index + 1}`,
  price: 100 * (index + 1),
  weight: 40 * (index + 1),
}));
const reviews = Array.from({ length: 11 }, (_, index) => ({
  id: `r${index + 1}`,
  body: `${index + 1}: ${sentence.repeat(3 + (index % 3))}`,
  author: { id: `u${(index % 6) + 1}` },
  product: { upc: `${((index * 2) % 9) + 1}` },
}));

interface User {
  readonly id: string;
}
interface Product {
  readonly upc: string;
  readonly price?: number;
  readonly weight?: number;
}

export const shop: readonly ShopSubgraph[] = [
  {
    name: 'accounts',
    typeDefs: parse(`${link('"@key"')}
      type Query { me: User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String }`),
    resolvers: {
      Query: { me: () => users[0], users: () => users },
      User: { __resolveReference: ({ id }: User) => users.find((user) => user.id === id) },
    },
  },
  {
    name: 'inventory',
    typeDefs: parse(`${link('"@key", "@external", "@requires"')}
      type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external
        inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`),
    resolvers: {
      Product: {
        inStock: ({ upc }: Product) => Number(upc) % 3 > 0,
        shippingEstimate: ({ price = 0, weight = 0 }: Product) => (price > 500 ? 0 : weight / 2),
      },
    },
  },
  {
    name: 'products',
    typeDefs: parse(`${link('"@key"')}
      type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`),
    resolvers: {
      Query: { topProducts: (_: never, { first }: { first: number }) => products.slice(0, first) },
      Product: {
        __resolveReference: ({ upc }: Product) => products.find((product) => product.upc === upc),
      },
    },
  },
  {
    name: 'reviews',
    typeDefs: parse(`${link('"@key"')}
      type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
      type User @key(fields: "id") { id: ID! reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`),
    resolvers: {
      User: { reviews: ({ id }: User) => reviews.filter(({ author }) => author.id === id) },
      Product: {
        reviews: ({ upc }: Product) => reviews.filter(({ product }) => product.upc === upc),
      },
    },
  },
];

const fragments = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
`;

export const queries = {
  heavy: `${fragments}
    query Heavy {
      users { ...User reviews { ...Review product { ...Product reviews { ...Review
        author { ...User reviews { ...Review product { ...Product } } } } } } }
      topProducts { ...Product reviews { ...Review
        author { ...User reviews { ...Review product { ...Product } } } } }
    }`,
  small:
    'query Small { topProducts(first: 3) { upc name inStock reviews { id author { name } } } }',
} as const;

export type QueryName = keyof typeof queries;

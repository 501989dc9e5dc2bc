import { GraphQLScalarType, Kind } from 'graphql';

function parse(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new TypeError('Expected a whole number between -(2^53 - 1) and 2^53 - 1.');
}

/** Whole numbers beyond 32 bits. Takes the bigint that the database client returns for bigint columns. */
export const SafeInt = new GraphQLScalarType<number, number>({
  name: 'SafeInt',
  description: 'A whole number that JSON carries exactly: between -(2^53 - 1) and 2^53 - 1.',
  serialize: (value) => parse(typeof value === 'bigint' ? Number(value) : value),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.INT ? Number(node.value) : undefined),
});

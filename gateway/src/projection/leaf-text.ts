import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';

/**
 * Writes a value as JSON text, `null` for what its type does not allow.
 * @param plain whether no string of the answers needs an escape
 */
export type WriteValue = (value: unknown, plain: boolean) => string;

/** A subgraph may know values that the client's schema does not: enum values that are `@inaccessible`. */
export function leafWriter(type: GraphQLLeafType): WriteValue {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
    return (value) => texts.get(value) ?? 'null';
  }
  switch (type.name) {
    case GraphQLString.name:
      return writeString;
    case GraphQLID.name:
      return (value, plain) =>
        Number.isInteger(value) ? String(value) : writeString(value, plain);
    case GraphQLInt.name:
      return (value) => (Number.isInteger(value) ? String(value) : 'null');
    case GraphQLFloat.name:
      return (value) => (Number.isFinite(value) ? String(value) : 'null');
    case GraphQLBoolean.name:
      return (value) => (typeof value === 'boolean' ? String(value) : 'null');
    default:
      return (value) => JSON.stringify(value) ?? 'null';
  }
}

function writeString(value: unknown, plain: boolean): string {
  if (typeof value !== 'string') return 'null';
  return plain ? `"${value}"` : JSON.stringify(value);
}

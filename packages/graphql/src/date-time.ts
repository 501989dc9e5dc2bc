import { badInput } from '@eventxperts/errors';
import { GraphQLScalarType, Kind } from 'graphql';

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

function parse(value: unknown): Date {
  if (typeof value !== 'string' || !rfc3339.test(value)) {
    throw badInput(
      '',
      'A DateTime is an RFC 3339 text with an offset, such as 2027-02-14T18:30:00Z.',
    );
  }
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw badInput('', `${value} is not a date that exists.`);
  return date;
}

/**
 * An instant. Serialised here to text in UTC, and not to a Date as graphql-scalars does, so that an
 * answer is the same whether it crosses a process or not.
 */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant in UTC, RFC 3339, such as `2027-02-14T13:00:00.000Z`.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => (value instanceof Date ? value : parse(value)).toISOString(),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});

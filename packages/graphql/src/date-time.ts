import { GraphQLScalarType, Kind } from 'graphql';

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

function parse(value: unknown): Date {
  if (typeof value !== 'string' || !rfc3339.test(value)) {
    throw new TypeError(
      'A DateTime is an RFC 3339 text with an offset, such as 2027-02-14T18:30:00Z.',
    );
  }
  const date = new Date(value);
  if (Number.isNaN(date.getTime()) || !isOfCalendar(value) || !isStorable(date)) {
    throw new TypeError(`${value} is not a date that exists.`);
  }
  return date;
}

/** JavaScript reads 30 February as 2 March. */
function isOfCalendar(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
}

/** PostgreSQL knows no year 0, and RFC 3339 none beyond 9999, where an offset may lead. */
const isStorable = (date: Date): boolean =>
  date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999;

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

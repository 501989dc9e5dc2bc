import { GraphQLScalarType, Kind } from 'graphql';

interface TextScalar {
  readonly name: string;
  readonly description: string;
  readonly accepts: (text: string) => boolean;
  readonly expected: string;
}

/** A scalar for an open set of texts, checked on the way in and passed as it is on the way out. */
function textScalar({ name, description, accepts, expected }: TextScalar) {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    throw new TypeError(`Expected ${expected}.`);
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export function isTimeZone(zone: string): boolean {
  try {
    // An offset such as +05:30 is accepted by Intl, but it is no zone: it has no daylight saving.
    return (
      /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined
    );
  } catch {
    return false;
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const TimeZone = textScalar({
  name: 'TimeZone',
  description: 'A time zone of the IANA database, such as `Asia/Kolkata`.',
  accepts: isTimeZone,
  expected: 'a time zone of the IANA database, such as Asia/Kolkata',
});

export const Locale = textScalar({
  name: 'Locale',
  description: 'A language tag (BCP 47), such as `te-IN`.',
  accepts: isLocale,
  expected: 'a BCP 47 language tag, such as te-IN',
});

export const Currency = textScalar({
  name: 'Currency',
  description: 'A currency code (ISO 4217), such as `INR`.',
  accepts: (code) => currencies.has(code),
  expected: 'an ISO 4217 currency code, such as INR',
});

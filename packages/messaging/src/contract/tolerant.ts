type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** The same schema without `additionalProperties: false`, for readers older than the writer. */
export function tolerant(schema: Schema): Schema {
  const entries = Object.entries(schema)
    .filter(([keyword, value]) => !(keyword === 'additionalProperties' && value === false))
    .map(([keyword, value]) => [keyword, relaxed(value)]);
  return Object.fromEntries(entries);
}

function relaxed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relaxed);
  return isSchema(value) ? tolerant(value) : value;
}

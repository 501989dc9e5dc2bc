import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

export type Prepared =
  | { readonly document: DocumentNode }
  | { readonly errors: readonly GraphQLError[] };

/**
 * Parsed and validated operations by their text. Validation costs ten times what parsing does, and
 * a gateway sends the same few texts again and again. Oldest out first.
 */
export function createOperationCache(schema: GraphQLSchema, capacity = 1000) {
  const known = new Map<string, Prepared>();
  return (query: string): Prepared => {
    const hit = known.get(query);
    if (hit) return hit;
    const prepared = prepare(schema, query);
    if (known.size >= capacity) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
    known.set(query, prepared);
    return prepared;
  };
}

function prepare(schema: GraphQLSchema, query: string): Prepared {
  try {
    const document = parse(query, { maxTokens: 20_000 });
    const errors = validate(schema, document, specifiedRules, { maxErrors: 5 });
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}

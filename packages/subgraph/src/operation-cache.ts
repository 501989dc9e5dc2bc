import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

/** No operation of ours comes near; parsing one that does would only cost. */
export const parseOptions = { maxTokens: 20_000 } as const;

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
    const document = parse(query, parseOptions);
    const errors = validate(schema, document, specifiedRules, { maxErrors: 5 });
    return errors.length > 0 ? { errors: errors.map(coded('GRAPHQL_VALIDATION_FAILED')) } : { document };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [coded('GRAPHQL_PARSE_FAILED')(error)] };
  }
}

const coded =
  (code: string) =>
  ({ message, nodes, source, positions }: GraphQLError): GraphQLError =>
    new GraphQLError(message, { nodes, source, positions, extensions: { code } });

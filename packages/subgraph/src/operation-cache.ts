import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { SubgraphRequest } from './define-subgraph.ts';

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
  const prepare = (query: string): Prepared => {
    const hit = known.get(query);
    if (hit) return hit;
    const prepared = readOperation(schema, query);
    if (known.size >= capacity) {
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    }
    known.set(query, prepared);
    return prepared;
  };
  return ({ query, operationName }: SubgraphRequest): Prepared => {
    const prepared = prepare(query);
    return 'errors' in prepared || getOperationAST(prepared.document, operationName)
      ? prepared
      : { errors: [unresolved(operationName)] };
  };
}

function readOperation(schema: GraphQLSchema, query: string): Prepared {
  try {
    const document = parse(query, parseOptions);
    const errors = validate(schema, document, specifiedRules, { maxErrors: 5 });
    return errors.length > 0
      ? { errors: errors.map(coded('GRAPHQL_VALIDATION_FAILED')) }
      : { document };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [coded('GRAPHQL_PARSE_FAILED')(error)] };
  }
}

/** In the words of graphql-js, where the text holds no such operation, or several and none is named. */
const unresolved = (operationName: string | undefined): GraphQLError =>
  new GraphQLError(
    operationName === undefined
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${operationName}".`,
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  );

const coded =
  (code: string) =>
  ({ message, nodes, source, positions }: GraphQLError): GraphQLError =>
    new GraphQLError(message, { nodes, source, positions, extensions: { code } });

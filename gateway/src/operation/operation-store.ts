import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  print,
  specifiedRules,
  validate,
} from 'graphql';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import { type OperationLimits, parseWithinLimits } from './limits.ts';
import { Lru } from './lru.ts';
import { createPlanVariants, type PlanVariant } from './plan-variants.ts';
import type { PlannedOperation } from './planned-operation.ts';
import { findProtectedFields } from './protected-fields.ts';
import { assertNoSecretArgument } from './secret-arguments.ts';

/** Why an operation cannot be run at all, in graphql-js's words. */
export class InvalidOperation extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors.map(({ message }) => message).join(' '));
    this.errors = errors;
  }
}

export interface OperationStore {
  /** @throws CodedError OPERATION_TOO_LARGE; GraphQLError when it cannot be parsed */
  assertWithinLimits(source: string): void;
  /** @throws CodedError BAD_USER_INPUT for an argument that may not stand in an address */
  assertNoSecret(source: string): void;
  /** Parsed, validated and planned. @throws InvalidOperation */
  prepare(source: string, operationName?: string | null): PlannedOperation;
  /** Plans a document that has been validated. @throws InvalidOperation when it has no such operation */
  plan(document: DocumentNode, source: string, operationName?: string | null): PlannedOperation;
}

export interface OperationStoreOptions {
  readonly limits: OperationLimits;
  readonly introspection: boolean;
  /** Characters of all operations that are kept. */
  readonly capacity: number;
}

export function createOperationStore(
  supergraph: LoadedSupergraph,
  { limits, introspection, capacity }: OperationStoreOptions,
): OperationStore {
  const schema = supergraph.clientSchema;
  const rules = [...specifiedRules, ...(introspection ? [] : [NoSchemaIntrospectionCustomRule])];
  const accepted = new Lru<true>(capacity);
  const validated = new Lru<DocumentNode>(capacity);
  const plannedBySource = new Lru<PlannedOperation>(capacity);
  const plannedByText = new Lru<PlannedOperation>(capacity);
  const variants = new Lru<PlanVariant>(capacity);

  function validDocument(source: string): DocumentNode {
    const known = validated.get(source);
    if (known) return known;
    const document = parseWithinLimits(source, limits);
    const errors = validate(schema, document, rules).map(withCode('GRAPHQL_VALIDATION_FAILED'));
    if (errors.length > 0) throw new InvalidOperation(errors);
    const kept = withoutTokens(source);
    validated.set(source, kept);
    return kept;
  }

  function build(
    document: DocumentNode,
    operationName: string | undefined,
    key: string,
  ): PlannedOperation {
    const definition = getOperationAST(document, operationName);
    if (!definition) throw new InvalidOperation([unknownOperation(operationName)]);
    const fragments = fragmentsOf(document);
    return {
      kind: definition.operation,
      document,
      definition,
      fragments,
      schema,
      planFor: createPlanVariants({ supergraph, document, definition, kept: variants, key }),
      protectedFields: findProtectedFields(definition, fragments, schema, supergraph.accessRules),
    };
  }

  const store: OperationStore = {
    assertWithinLimits(source) {
      if (accepted.get(source)) return;
      parseWithinLimits(source, limits);
      accepted.set(source, true);
    },
    assertNoSecret: (source) =>
      assertNoSecretArgument(parseWithinLimits(source, limits), supergraph.supergraphSchema),
    prepare(source, operationName) {
      return store.plan(
        inGraphqlTerms(() => validDocument(source)),
        source,
        operationName,
      );
    },
    plan(document, source, operationName) {
      const name = operationName ?? undefined;
      const sourceKey = `${name ?? ''}\n${source}`;
      const known = plannedBySource.get(sourceKey);
      if (known) return known;
      // Clients format and comment the same operation differently; it is planned once.
      const textKey = `${name ?? ''}\n${print(document)}`;
      const planned = plannedByText.get(textKey) ?? build(withoutTokens(source), name, textKey);
      plannedByText.set(textKey, planned);
      plannedBySource.set(sourceKey, planned);
      return planned;
    },
  };
  return store;
}

/** Every node's location holds the list of all tokens; what is kept for long has none. */
const withoutTokens = (source: string): DocumentNode => parse(source, { noLocation: true });

function inGraphqlTerms<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new InvalidOperation([withCode('GRAPHQL_PARSE_FAILED')(error)]);
  }
}

/** An error with a code of its own keeps it. */
const withCode =
  (code: string) =>
  (error: GraphQLError): GraphQLError =>
    new GraphQLError(error.message, {
      nodes: error.nodes,
      source: error.source,
      positions: error.positions,
      extensions: { code, ...error.extensions },
    });

const unknownOperation = (name: string | undefined): GraphQLError =>
  new GraphQLError(
    name === undefined
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${name}".`,
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } },
  );

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments[definition.name.value] = definition;
    }
  }
  return fragments;
}

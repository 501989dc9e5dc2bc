import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { getDocumentNodeFromSchema } from '@graphql-tools/utils';
import { type DocumentNode, type GraphQLSchema, Kind, print, visit } from 'graphql';
import {
  buildSchemaSync,
  createResolversMap,
  getMetadataStorage,
  type NonEmptyArray,
  type PubSub,
} from 'type-graphql';
import type { BaseContext, SubgraphDefinition } from './define-subgraph.ts';
import { enforceAccess } from './enforce-access.ts';
import { withFederationLink } from './federation-link.ts';

type FederationResolvers = Extract<
  Parameters<typeof buildSubgraphSchema>[0],
  { resolvers?: unknown }
>['resolvers'];

type Definition<Context extends BaseContext> = Pick<
  SubgraphDefinition<never, Context>,
  'name' | 'resolvers' | 'orphanedTypes' | 'references'
>;

/** The subgraph's SDL as @apollo/subgraph and Rover read it, descriptions included. */
export const printSubgraph = <Context extends BaseContext>(
  definition: Definition<Context>,
): string => `${print(subgraphDocument(codeFirstSchema(definition)))}\n`;

/** The executable schema: type-graphql's resolvers below federation's `_entities` and `_service`. */
export function buildSchema<Context extends BaseContext>(
  definition: Definition<Context>,
): GraphQLSchema {
  const codeFirst = codeFirstSchema(definition);
  const resolvers: Record<string, object> = createResolversMap(codeFirst);
  for (const [type, __resolveReference] of Object.entries(definition.references)) {
    resolvers[type] = { ...resolvers[type], __resolveReference };
  }
  const schema = buildSubgraphSchema({
    typeDefs: subgraphDocument(codeFirst),
    // The same shape under two names: each library declares its own type for a map of resolvers.
    resolvers: resolvers as FederationResolvers,
  });
  enforceAccess(schema);
  return schema;
}

function codeFirstSchema<Context extends BaseContext>(
  definition: Definition<Context>,
): GraphQLSchema {
  // A property that only returns itself needs no resolver of type-graphql's: they cost 8 times the CPU.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers ??= true;
  const resolvers: NonEmptyArray<new () => object> = [...definition.resolvers];
  return buildSchemaSync({
    resolvers,
    orphanedTypes: [...(definition.orphanedTypes ?? [])],
    validate: false,
    skipCheck: true,
    pubSub: unusedPubSub,
  });
}

/** type-graphql demands one wherever there is a subscription; ours name their own source. */
const unusedPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('Subscriptions name their source by `subscribe`.');
  },
};

/**
 * type-graphql's schema as a document: without the definitions that federation brings itself, and
 * with arguments in one order (type-graphql collects them in reverse of their declaration).
 */
function subgraphDocument(schema: GraphQLSchema): DocumentNode {
  const document = getDocumentNodeFromSchema(schema);
  const own = document.definitions.filter(
    ({ kind }) => kind !== Kind.SCHEMA_DEFINITION && kind !== Kind.DIRECTIVE_DEFINITION,
  );
  return withFederationLink(
    visit(
      { ...document, definitions: own },
      {
        FieldDefinition: (node) => ({
          ...node,
          arguments: [...(node.arguments ?? [])].sort((a, b) =>
            a.name.value < b.name.value ? -1 : 1,
          ),
        }),
      },
    ),
  );
}

import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { type AccessRules, readAccessRules } from './access-rules.ts';
import { type NeededFields, readNeededFields } from './needed-fields.ts';

/** Everything that is derived once from the supergraph's text. */
export interface LoadedSupergraph {
  readonly sdl: string;
  readonly planner: QueryPlanner;
  /** What clients see, without what is `@inaccessible`; for the planner. */
  readonly apiSchema: Schema;
  /** The same for graphql-js: validation, introspection. */
  readonly clientSchema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly subgraphNames: readonly string[];
  readonly accessRules: AccessRules;
  readonly neededFields: NeededFields;
}

/**
 * The features are the router's: stock @apollo/gateway refuses `@authenticated` and `@requiresScopes`,
 * which this gateway enforces. Composition has validated the text; doing so again costs the start time.
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const document = parse(sdl, { noLocation: true });
  const supergraph = Supergraph.build(document, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  });
  const apiSchema = supergraph.apiSchema();
  return {
    sdl,
    planner: new QueryPlanner(supergraph),
    apiSchema,
    clientSchema: apiSchema.toGraphQLJSSchema(),
    supergraphSchema: buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }),
    subgraphNames: supergraph.subgraphsMetadata().map(({ name }) => name),
    accessRules: readAccessRules(supergraph.schema),
    neededFields: readNeededFields(document),
  };
}

export { Authenticated, RequiresScopes, type Scope } from './access-directives.ts';
export { buildSchema, printSubgraph } from './build-schema.ts';
export { createSubgraph, type Subgraph } from './create-subgraph.ts';
export {
  type BaseContext,
  defineSubgraph,
  type Job,
  type Platform,
  type ReferenceResolver,
  type RequestHeaders,
  type Route,
  type SubgraphDefinition,
  type SubgraphRequest,
  type SubgraphService,
} from './define-subgraph.ts';
export { createDomainStore, type DomainStore } from './domain-store.ts';
export { type IdempotentCall, once } from './idempotency.ts';
export { serveSubgraph } from './serve-subgraph.ts';

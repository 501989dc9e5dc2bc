import type { ReportFault } from '@eventxperts/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { FetchStep } from '../plan/compiled-plan.ts';
import type { JsonObject } from '../plan/json.ts';
import type { TypeNames } from '../plan/type-names.ts';
import type { ErrorPath } from '../projection/client-paths.ts';
import type { ForwardedHeaders, SubgraphRequest } from '../transport/subgraph-transport.ts';
import type { EntityLoader } from './entity-loader.ts';
import type { ExecutionRequest } from './supergraph-executor.ts';
import type { Upstream, UpstreamAnswer } from './upstream.ts';

export interface RunEnvironment {
  readonly types: TypeNames;
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly report: ReportFault;
}

/** When a fetch was sent and answered, for usage reporting. */
export interface FetchTrace {
  readonly sent: number;
  readonly received: number;
  readonly ftv1: unknown;
}

/** What a fetch needs of the request it belongs to. */
export interface FetchRun {
  /** The answers so far, merged. */
  readonly root: JsonObject;
  readonly request: ExecutionRequest;
  /** Those of the request, and what usage reporting wants. */
  readonly headers: ForwardedHeaders;
  readonly environment: RunEnvironment;
  readonly loaders: Map<string, EntityLoader>;
  ask(step: FetchStep, request: SubgraphRequest): Promise<UpstreamAnswer>;
  /** @param path within the merged answers; undefined where the subgraph named none */
  tell(error: GraphQLFormattedError, path: ErrorPath | undefined): void;
}

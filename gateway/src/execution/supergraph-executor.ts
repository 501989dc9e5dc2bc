import type { GatewayGraphQLRequestMetrics } from '@apollo/server-gateway-interface';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { ForwardedHeaders } from '../transport/subgraph-transport.ts';

export interface ExecutionRequest {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly headers: ForwardedHeaders;
  /** Where Apollo's usage reporting wants the subgraphs' traces. */
  readonly metrics?: GatewayGraphQLRequestMetrics;
}

/** An answer whose data is written already, for those who send text. */
export interface TextResult {
  /** JSON text. */
  readonly data: string;
  readonly errors: readonly GraphQLError[];
}

export type ResultStream = AsyncIterableIterator<ExecutionResult, undefined>;

/** Carries out what was planned. Whoever calls has checked the variables and the caller's access. */
export interface SupergraphExecutor {
  execute(operation: PlannedOperation, request: ExecutionRequest): Promise<ExecutionResult>;
  executeToText(operation: PlannedOperation, request: ExecutionRequest): Promise<TextResult>;
  /** A result instead of a stream when the owning subgraph refuses. Never throws for a subgraph's fault. */
  subscribe(
    operation: PlannedOperation,
    request: ExecutionRequest,
  ): Promise<ResultStream | ExecutionResult>;
}

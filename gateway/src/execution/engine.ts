import type { GatewayGraphQLRequestMetrics } from '@apollo/server-gateway-interface';
import type { Caller } from '@eventxperts/identity';
import { type ExecutionResult, GraphQLError, getVariableValues } from 'graphql';
import type { GatewayMetrics } from '../metrics.ts';
import { refusals } from '../operation/access.ts';
import { InvalidOperation } from '../operation/operation-store.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { ForwardedHeaders } from '../transport/subgraph-transport.ts';
import type { ResultStream, SupergraphExecutor, TextResult } from './supergraph-executor.ts';

/** One operation as a client sent it, whichever way it came. */
export interface OperationRequest {
  readonly caller: Caller;
  readonly headers: ForwardedHeaders;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly metrics?: GatewayGraphQLRequestMetrics;
}

/** Runs planned operations for callers: checks variables and access, then executes. */
export interface Engine {
  execute(operation: PlannedOperation, request: OperationRequest): Promise<ExecutionResult>;
  /** The same, written; without data when it was refused. */
  executeToText(
    operation: PlannedOperation,
    request: OperationRequest,
  ): Promise<TextResult | Refused>;
  subscribe(
    operation: PlannedOperation,
    request: OperationRequest,
  ): Promise<ResultStream | ExecutionResult>;
}

export interface Refused {
  readonly errors: readonly GraphQLError[];
  readonly data?: undefined;
}

export function createEngine(executor: SupergraphExecutor, metrics: GatewayMetrics): Engine {
  return {
    async execute(operation, request) {
      const observe = metrics.requestStarted();
      const errors = refuse(operation, request);
      const result =
        errors.length > 0
          ? { errors }
          : await executor.execute(operation, executionRequest(request));
      observe(operation.kind, result.errors ? 'error' : 'ok');
      return result;
    },
    async executeToText(operation, request) {
      const observe = metrics.requestStarted();
      const refused = refuse(operation, request);
      const result =
        refused.length > 0
          ? { errors: refused }
          : await executor.executeToText(operation, executionRequest(request));
      observe(operation.kind, result.errors.length > 0 ? 'error' : 'ok');
      return result;
    },
    async subscribe(operation, request) {
      const errors = refuse(operation, request);
      if (errors.length > 0) return { errors };
      return executor.subscribe(operation, executionRequest(request));
    },
  };
}

function refuse(
  { definition, schema, protectedFields }: PlannedOperation,
  { variables = {}, caller }: OperationRequest,
): readonly GraphQLError[] {
  const values = getVariableValues(schema, definition.variableDefinitions ?? [], variables);
  if (values.errors) return values.errors.map(badVariable);
  return refusals(protectedFields, caller, values.coerced);
}

/** graphql-js's own error, for `maskError` to name the field out of it. */
const badVariable = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes,
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });

const executionRequest = ({ variables = {}, headers, metrics }: OperationRequest) => ({
  variables,
  headers,
  ...(metrics ? { metrics } : {}),
});

/** For protocols that have no status of their own: whatever is thrown becomes a result. */
export async function asResult<T>(run: () => Promise<T>): Promise<T | ExecutionResult> {
  try {
    return await run();
  } catch (error) {
    return { errors: thrownErrors(error) };
  }
}

export function thrownErrors(error: unknown): readonly GraphQLError[] {
  if (error instanceof InvalidOperation) return error.errors;
  if (error instanceof GraphQLError) return [error];
  const originalError = error instanceof Error ? error : new Error(String(error));
  return [new GraphQLError(originalError.message, { originalError })];
}

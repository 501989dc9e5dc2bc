import { maskError, type ReportFault } from '@eventxperts/errors';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { BaseContext, SubgraphRequest } from './define-subgraph.ts';
import { mapEvents } from './map-events.ts';
import { createOperationCache } from './operation-cache.ts';

export interface Executor {
  execute(request: SubgraphRequest): Promise<FormattedExecutionResult>;
  subscribe(
    request: SubgraphRequest,
  ): Promise<AsyncIterableIterator<FormattedExecutionResult> | FormattedExecutionResult>;
}

interface ExecutorOptions {
  readonly schema: GraphQLSchema;
  readonly createContext: (request: SubgraphRequest) => Promise<BaseContext>;
  readonly report: ReportFault;
}

/** Runs operations on one subgraph within the process, with the answers that its HTTP face would give. */
export function createExecutor({ schema, createContext, report }: ExecutorOptions): Executor {
  const prepare = createOperationCache(schema);
  const shown = (result: ExecutionResult): FormattedExecutionResult => ({
    ...('data' in result ? { data: result.data ?? null } : {}),
    ...(result.errors ? { errors: result.errors.map((error) => maskError(error, report)) } : {}),
    ...(result.extensions ? { extensions: result.extensions } : {}),
  });
  const failed = (error: unknown): FormattedExecutionResult => ({
    errors: [maskError(error, report)],
  });
  const run = async (
    document: DocumentNode,
    { operationName, variables }: SubgraphRequest,
    contextValue: BaseContext,
    rootValue?: unknown,
  ) =>
    shown(
      await execute({
        schema,
        document,
        contextValue,
        rootValue,
        variableValues: variables,
        operationName,
      }),
    );

  return {
    async execute(request) {
      try {
        const context = await createContext(request);
        const prepared = prepare(request);
        if ('errors' in prepared) return shown({ errors: prepared.errors });
        return await run(prepared.document, request, context);
      } catch (error) {
        return failed(error);
      }
    },

    async subscribe(request) {
      try {
        const contextValue = await createContext(request);
        const prepared = prepare(request);
        if ('errors' in prepared) return shown({ errors: prepared.errors });
        const source = await createSourceEventStream({
          schema,
          document: prepared.document,
          contextValue,
          variableValues: request.variables,
          operationName: request.operationName,
        });
        if (!(Symbol.asyncIterator in source)) return shown(source);
        // A context an event: a loader kept from the first event would serve its rows for ever.
        return mapEvents(
          source[Symbol.asyncIterator](),
          async (event) => run(prepared.document, request, await createContext(request), event),
          failed,
        );
      } catch (error) {
        return failed(error);
      }
    },
  };
}

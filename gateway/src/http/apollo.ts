import { ApolloServer, type HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type {
  GatewayExecutor,
  GatewayInterface,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config.ts';
import type { Engine, OperationRequest } from '../execution/engine.ts';
import type { ShowError } from '../execution/show-error.ts';
import { InvalidOperation, type OperationStore } from '../operation/operation-store.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';

export type ApolloContext = Pick<OperationRequest, 'caller' | 'headers'>;

export interface ApolloOptions {
  readonly config: GatewayConfig;
  readonly supergraph: LoadedSupergraph;
  readonly operations: OperationStore;
  readonly engine: Engine;
  readonly showError: ShowError;
  readonly log: Logger;
}

export interface HttpOperation {
  readonly method: string;
  readonly headers: HeaderMap;
  /** The query string with its question mark. */
  readonly search: string;
  readonly body: unknown;
}

export interface Apollo {
  start(): Promise<void>;
  handle(operation: HttpOperation, context: ApolloContext): Promise<HTTPGraphQLResponse>;
  stop(): Promise<void>;
}

/** Queries and mutations over HTTP: @apollo/server before our execution, for the protocol and Studio. */
export function createApollo(options: ApolloOptions): Apollo {
  const { config, showError, log } = options;
  const server = new ApolloServer<ApolloContext>({
    gateway: asGateway(options),
    apollo: config.apollo,
    introspection: config.introspection,
    parseOptions: { maxTokens: config.limits.maxTokens },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (_formatted, error) => showError(error),
    logger: log,
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginCacheControlDisabled()],
  });
  return {
    start: () => server.start(),
    handle: (httpGraphQLRequest, context) =>
      server.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context }),
    stop: () => server.stop(),
  };
}

const subscriptionOverPost = () =>
  new GraphQLError(
    'A subscription needs a WebSocket (graphql-transport-ws) or the header "Accept: text/event-stream".',
    { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
  );

function asGateway({ supergraph, operations, engine }: ApolloOptions): GatewayInterface {
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  const executor: GatewayExecutor = async ({ document, source, request, context, metrics }) => {
    try {
      const operation = operations.plan(document, source, request.operationName);
      if (operation.kind === 'subscription') return { errors: [subscriptionOverPost()] };
      const { caller, headers } = context as ApolloContext;
      const { variables } = request;
      return await engine.execute(operation, { caller, headers, variables, metrics });
    } catch (error) {
      if (error instanceof InvalidOperation) return { errors: error.errors };
      throw error;
    }
  };
  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load() {
      for (const listener of listeners) {
        listener({ apiSchema: supergraph.clientSchema, coreSupergraphSdl: supergraph.sdl });
      }
      return { executor };
    },
    stop: async () => undefined,
  };
}

import type { IncomingHttpHeaders } from 'node:http';
import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type {
  GatewayExecutor,
  GatewayInterface,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import type { Logger } from 'pino';
import { InvalidOperation } from '../operation/operation-store.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import {
  type GraphqlHttp,
  type GraphqlHttpOptions,
  type HttpContext,
  subscriptionOverPost,
} from './graphql-http.ts';

export interface ApolloOptions extends GraphqlHttpOptions {
  readonly supergraph: LoadedSupergraph;
  readonly log: Logger;
}

/** The same with @apollo/server before our execution, for its usage reporting. */
export function createApolloHttp(options: ApolloOptions): GraphqlHttp {
  const { config, showError, log } = options;
  const server = new ApolloServer<HttpContext>({
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
    async handle({ headers, ...request }, context) {
      const { status, ...answer } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { ...request, headers: headerMap(headers) },
        context: async () => context,
      });
      const text = answer.body.kind === 'complete' ? answer.body.string : '';
      return { status: status ?? 200, headers: Object.fromEntries(answer.headers), text };
    },
    stop: () => server.stop(),
  };
}

function headerMap(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function asGateway({ supergraph, operations, engine }: ApolloOptions): GatewayInterface {
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  const executor: GatewayExecutor = async ({ document, source, request, context, metrics }) => {
    try {
      const operation = operations.plan(document, source, request.operationName);
      if (operation.kind === 'subscription') return { errors: [subscriptionOverPost()] };
      const { caller, headers } = context as HttpContext;
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

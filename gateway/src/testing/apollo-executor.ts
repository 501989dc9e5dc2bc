import { operationFromDocument } from '@apollo/federation-internals';
import type { GraphQLDataSource } from '@apollo/gateway';
// Not from the package's front door: that loads its schema managers too, 80 ms of every start.
import { executeQueryPlan } from '@apollo/gateway/dist/executeQueryPlan.js';
import type { FetchNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { CodedError, type ReportFault } from '@eventxperts/errors';
import type { ExecutionResult } from 'graphql';
import { passErrors, unavailable } from '../execution/subgraph-errors.ts';
import type { ExecutionRequest, SupergraphExecutor } from '../execution/supergraph-executor.ts';
import { MappedStream } from '../live/mapped-stream.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import {
  isEventStream,
  type SubgraphResult,
  type SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import { createSubgraphSource } from './apollo-source.ts';

type Sources = Record<string, GraphQLDataSource>;

export interface ApolloExecutorOptions {
  readonly supergraph: LoadedSupergraph;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly metrics: GatewayMetrics;
  readonly report: ReportFault;
}

/** @apollo/gateway's executor of query plans, taught subscriptions. */
export function createApolloExecutor(options: ApolloExecutorOptions): SupergraphExecutor {
  const { supergraph, transports, metrics, report } = options;
  const sources: Sources = Object.create(null);
  for (const [name, transport] of Object.entries(transports)) {
    sources[name] = createSubgraphSource({ name, transport, metrics, report });
  }

  /** As @apollo/gateway plans: with the client's names and conditions. */
  function stockPlan({ document, definition }: PlannedOperation): QueryPlan {
    const operationName = definition.name?.value;
    return supergraph.planner.buildQueryPlan(
      operationFromDocument(supergraph.apiSchema, document, {
        ...(operationName === undefined ? {} : { operationName }),
        validate: false,
      }),
    );
  }

  async function run(
    plan: QueryPlan,
    operation: PlannedOperation,
    request: ExecutionRequest,
    from: Sources,
  ): Promise<ExecutionResult> {
    const { data, errors } = await executeQueryPlan(
      plan,
      from,
      requestContext(request),
      {
        schema: operation.schema,
        operation: operation.definition,
        fragments: operation.fragments,
      },
      supergraph.supergraphSchema,
      supergraph.apiSchema,
    );
    // Its `extensions.valueCompletion` is left out: an entity that the caller may not see is null,
    // and that is an answer, not a fault.
    return errors ? { errors, data: data ?? null } : { data: data ?? null };
  }

  return {
    execute: (operation, request) => run(stockPlan(operation), operation, request, sources),

    async executeToText(operation, request) {
      const { data, errors = [] } = await run(stockPlan(operation), operation, request, sources);
      return { data: JSON.stringify(data ?? null), errors };
    },

    async subscribe(operation, request) {
      const node = stockPlan(operation).node;
      if (node?.kind !== 'Subscription') throw new CodedError('INTERNAL');
      const { primary } = node;
      const answer = await startPrimary(primary, request);
      const resultOf = (payload: SubgraphResult) =>
        run(planOfEvent(node), operation, request, {
          ...sources,
          [primary.serviceName]: withPayload(primary, payload, sources[primary.serviceName]),
        });
      if (!isEventStream(answer)) return resultOf(answer);
      metrics.subscriptionStarted();
      return new MappedStream(answer, resultOf, {
        onEnd: () => metrics.subscriptionEnded(),
        onFault: (error) => {
          report({ traceId: request.headers.traceparent ?? '', error, path: primary.serviceName });
          return { errors: [new CodedError('UNAVAILABLE')] };
        },
      });
    },
  };

  async function startPrimary(primary: FetchNode, request: ExecutionRequest) {
    const transport = transports[primary.serviceName];
    if (!transport) throw new CodedError('UNAVAILABLE');
    const upstream = {
      query: primary.operation,
      ...(primary.operationName === undefined ? {} : { operationName: primary.operationName }),
      variables: picked(request.variables, primary.variableUsages ?? []),
      headers: request.headers,
    };
    try {
      return await transport.subscribe(upstream);
    } catch (error) {
      report({ traceId: request.headers.traceparent ?? '', error, path: primary.serviceName });
      return { errors: unavailable(upstream, error) };
    }
  }

  /** The source of the owning subgraph for one event: its first fetch is answered by the event itself. */
  function withPayload(
    primary: FetchNode,
    payload: SubgraphResult,
    source: GraphQLDataSource | undefined,
  ): GraphQLDataSource {
    return {
      async process(options) {
        if (options.request.query !== primary.operation) {
          if (!source) throw new CodedError('UNAVAILABLE');
          return source.process(options);
        }
        const errors = passErrors(payload.errors, report);
        return { ...(payload.data ? { data: payload.data } : {}), ...(errors ? { errors } : {}) };
      },
    };
  }
}

/** An event is executed as a query would be: first what the event brought, then the rest of the plan. */
const planOfEvent = ({ primary, rest }: SubscriptionNode): QueryPlan => ({
  kind: 'QueryPlan',
  node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary,
});

function picked(
  variables: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const entries = names.map((name) => [name, variables[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The few members of Apollo's request context that its executor reads. */
const requestContext = (request: ExecutionRequest): GatewayGraphQLRequestContext =>
  ({
    request: { variables: request.variables },
    context: request,
    metrics: request.metrics ?? {},
    logger: silent,
  }) as unknown as GatewayGraphQLRequestContext;

const ignore = () => undefined;
/** Its errors reach us as results; what it would write beside them names no request. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore };

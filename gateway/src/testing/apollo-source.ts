import type { GraphQLDataSource } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import type { ReportFault } from '@eventxperts/errors';
import { passErrors, unavailable } from '../execution/subgraph-errors.ts';
import type { ExecutionRequest } from '../execution/supergraph-executor.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { SubgraphRequest, SubgraphTransport } from '../transport/subgraph-transport.ts';

export interface SubgraphSourceOptions {
  readonly name: string;
  readonly transport: SubgraphTransport;
  readonly metrics: GatewayMetrics;
  readonly report: ReportFault;
}

/** A subgraph as @apollo/gateway's executor wants it. Its context is the {@link ExecutionRequest}. */
export function createSubgraphSource(options: SubgraphSourceOptions): GraphQLDataSource {
  const { name, transport, metrics, report } = options;

  async function fetchFrom(request: SubgraphRequest): Promise<GatewayGraphQLResponse> {
    const observe = metrics.upstreamStarted(name);
    try {
      const { data, errors, extensions } = await transport.execute(request);
      observe(errors ? 'error' : 'ok');
      const passed = passErrors(errors, report);
      return {
        ...(data === undefined ? {} : { data }),
        ...(passed ? { errors: passed } : {}),
        ...(extensions ? { extensions } : {}),
      };
    } catch (error) {
      observe('unreachable');
      report({ traceId: request.headers.traceparent ?? '', error, path: name });
      return { errors: unavailable(request, error) };
    }
  }

  return {
    process: ({ request, context }) =>
      fetchFrom(subgraphRequest(request, context as ExecutionRequest)),
  };
}

function subgraphRequest(
  {
    query = '',
    operationName,
    variables,
    http,
  }: Parameters<GraphQLDataSource['process']>[0]['request'],
  { headers }: ExecutionRequest,
): SubgraphRequest {
  const trace = http?.headers.get('apollo-federation-include-trace');
  return {
    query,
    ...(operationName === undefined ? {} : { operationName }),
    ...(variables === undefined ? {} : { variables }),
    headers: trace ? { ...headers, 'apollo-federation-include-trace': trace } : headers,
  };
}

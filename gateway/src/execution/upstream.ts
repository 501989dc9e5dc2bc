import { CodedError, type ReportFault } from '@eventxperts/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { GatewayMetrics } from '../metrics.ts';
import type { JsonObject } from '../plan/json.ts';
import type {
  SubgraphRequest,
  SubgraphResult,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import { passErrors, unavailable } from './subgraph-errors.ts';

/** A subgraph's answer as the executor takes it: its errors are those that clients may see. */
export interface UpstreamAnswer {
  readonly data: JsonObject | undefined;
  readonly errors: readonly GraphQLFormattedError[];
  /** Whether no string of it needs an escape in JSON. */
  readonly plain: boolean;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Asks one subgraph. Never throws: a subgraph that cannot be reached has failed with all its fields. */
export type Upstream = (request: SubgraphRequest) => Promise<UpstreamAnswer>;

export interface UpstreamOptions {
  readonly name: string;
  readonly transport: SubgraphTransport | undefined;
  readonly metrics: GatewayMetrics;
  readonly report: ReportFault;
}

export function createUpstream({ name, transport, metrics, report }: UpstreamOptions): Upstream {
  return async (request) => {
    const observe = metrics.upstreamStarted(name);
    try {
      if (!transport) throw new CodedError('UNAVAILABLE');
      const result = await transport.execute(request);
      observe(result.errors ? 'error' : 'ok');
      return upstreamAnswer(result, report);
    } catch (error) {
      observe('unreachable');
      report({ traceId: request.headers.traceparent ?? '', error, path: name });
      return failed(unavailable(request, error));
    }
  };
}

export const upstreamAnswer = (
  { data, errors, extensions = {}, plain = false }: SubgraphResult,
  report: ReportFault,
): UpstreamAnswer => ({
  data: data ?? undefined,
  errors: passErrors(errors, report) ?? [],
  plain,
  extensions,
});

export const failed = (errors: readonly GraphQLFormattedError[]): UpstreamAnswer => ({
  data: undefined,
  errors,
  plain: true,
  extensions: {},
});

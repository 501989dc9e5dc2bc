import type { GatewayGraphQLRequestMetrics } from '@apollo/server-gateway-interface';
import type { Trace } from '@apollo/usage-reporting-protobuf';
import type { FetchStep, PlanStep } from '../plan/compiled-plan.ts';
import type { FetchTrace } from './fetch-run.ts';

type Traces = ReadonlyMap<FetchStep, FetchTrace>;
type TraceClass = typeof Trace;

/** Hands the subgraphs' traces to Apollo's usage reporting, in the plan's shape. */
export async function tracePlan(
  step: PlanStep | undefined,
  traces: Traces,
  metrics: GatewayGraphQLRequestMetrics,
): Promise<void> {
  // Loaded only for those who report: most gateways never need it.
  const { Trace: traceClass } = await import('@apollo/usage-reporting-protobuf');
  metrics.queryPlanTrace = nodeOf(step, traces, traceClass);
}

function nodeOf(
  step: PlanStep | undefined,
  traces: Traces,
  trace: TraceClass,
): Trace.QueryPlanNode {
  const { QueryPlanNode } = trace;
  const { SequenceNode, ParallelNode } = QueryPlanNode;
  const node = (child: PlanStep | undefined) => nodeOf(child, traces, trace);
  switch (step?.kind) {
    case undefined:
      return new QueryPlanNode();
    case 'sequence':
      return new QueryPlanNode({ sequence: new SequenceNode({ nodes: step.steps.map(node) }) });
    case 'parallel':
      return new QueryPlanNode({ parallel: new ParallelNode({ nodes: step.steps.map(node) }) });
    case 'fetch':
      return flattened(step, fetchNode(step, traces.get(step), trace), trace);
  }
}

function flattened(
  { path }: FetchStep,
  fetch: Trace.QueryPlanNode,
  { QueryPlanNode }: TraceClass,
): Trace.QueryPlanNode {
  if (path.length === 0) return fetch;
  const responsePath = path.map(
    (fieldName) => new QueryPlanNode.ResponsePathElement({ fieldName }),
  );
  return new QueryPlanNode({
    flatten: new QueryPlanNode.FlattenNode({ responsePath, node: fetch }),
  });
}

function fetchNode(
  { subgraph }: FetchStep,
  fetched: FetchTrace | undefined,
  { QueryPlanNode, decode }: TraceClass,
): Trace.QueryPlanNode {
  const fetch = new QueryPlanNode.FetchNode({ serviceName: subgraph });
  if (fetched) {
    fetch.sentTime = timestamp(fetched.sent);
    fetch.receivedTime = timestamp(fetched.received);
    if (typeof fetched.ftv1 === 'string') {
      try {
        fetch.trace = decode(Buffer.from(fetched.ftv1, 'base64'));
      } catch {
        fetch.traceParsingFailed = true;
      }
    }
  }
  return new QueryPlanNode({ fetch });
}

const timestamp = (milliseconds: number) => ({
  seconds: Math.floor(milliseconds / 1000),
  nanos: (milliseconds % 1000) * 1e6,
});

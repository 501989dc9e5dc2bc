import { CodedError, type ReportFault } from '@eventxperts/errors';
import type { ExecutionResult } from 'graphql';
import { MappedStream } from '../live/mapped-stream.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { PlanVariant } from '../operation/plan-variants.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import { compilePlan } from '../plan/compile-plan.ts';
import type { CompiledPlan, FetchStep } from '../plan/compiled-plan.ts';
import { createTypeNames } from '../plan/type-names.ts';
import { compileProjection, type Projection } from '../projection/projection.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import {
  isEventStream,
  type SubgraphResult,
  type SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { RunEnvironment } from './fetch-run.ts';
import { PlanRun } from './plan-run.ts';
import { tracePlan } from './plan-trace.ts';
import { unavailable } from './subgraph-errors.ts';
import { subgraphRequest } from './subgraph-request.ts';
import type { ExecutionRequest, SupergraphExecutor, TextResult } from './supergraph-executor.ts';
import { createUpstream, upstreamAnswer } from './upstream.ts';

export interface PlanExecutorOptions {
  readonly supergraph: LoadedSupergraph;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly metrics: GatewayMetrics;
  readonly report: ReportFault;
}

interface CompiledOperation {
  readonly plan: CompiledPlan;
  readonly projection: Projection;
}

/** Carries out the planner's plans: fetches, merges, and writes the answer as the client asked for it. */
export function createPlanExecutor(options: PlanExecutorOptions): SupergraphExecutor {
  const { supergraph, transports, metrics, report } = options;
  const types = createTypeNames(supergraph.supergraphSchema);
  const upstreams = new Map(
    supergraph.subgraphNames.map((name) => [
      name,
      createUpstream({ name, transport: transports[name], metrics, report }),
    ]),
  );
  const environment: RunEnvironment = { types, upstreams, report };
  const compiled = new WeakMap<PlanVariant, CompiledOperation>();

  function compile(operation: PlannedOperation, { variables }: ExecutionRequest) {
    const variant = operation.planFor(variables);
    const known = compiled.get(variant);
    if (known) return known;
    const fresh: CompiledOperation = {
      plan: compilePlan(variant.plan, types),
      projection: compileProjection(operation, variant),
    };
    compiled.set(variant, fresh);
    return fresh;
  }

  async function executeToText(operation: PlannedOperation, request: ExecutionRequest) {
    const { plan, projection } = compile(operation, request);
    const run = new PlanRun(environment, request, projection);
    await run.run(plan.root);
    if (request.metrics?.captureTraces) await tracePlan(plan.root, run.traces, request.metrics);
    return answerOf(run, projection);
  }

  async function startSubscription(step: FetchStep, request: ExecutionRequest) {
    const upstream = subgraphRequest(step, request.variables, request.headers);
    try {
      const transport = transports[step.subgraph];
      if (!transport) throw new CodedError('UNAVAILABLE');
      return await transport.subscribe(upstream);
    } catch (error) {
      report({ traceId: request.headers.traceparent ?? '', error, path: step.subgraph });
      return { errors: unavailable(upstream, error) };
    }
  }

  return {
    executeToText,
    execute: async (operation, request) => parsed(await executeToText(operation, request)),

    async subscribe(operation, request) {
      const { plan, projection } = compile(operation, request);
      const owner = plan.subscription;
      if (!owner) throw new CodedError('INTERNAL');
      /** First what the event brought, then the rest of the plan. */
      const resultOf = async (event: SubgraphResult): Promise<ExecutionResult> => {
        const run = new PlanRun(environment, request, projection);
        run.plain = false;
        run.take(owner, upstreamAnswer(event, report));
        await run.run(plan.root);
        return parsed(answerOf(run, projection));
      };
      const answer = await startSubscription(owner, request);
      if (!isEventStream(answer)) return resultOf(answer);
      metrics.subscriptionStarted();
      return new MappedStream(answer, resultOf, {
        onEnd: () => metrics.subscriptionEnded(),
        onFault: (error) => {
          report({ traceId: request.headers.traceparent ?? '', error, path: owner.subgraph });
          return { errors: [new CodedError('UNAVAILABLE')] };
        },
      });
    },
  };
}

const answerOf = (
  { root, request, plain, errors }: PlanRun,
  projection: Projection,
): TextResult => ({
  data: projection.dataText(root, request.variables, plain),
  errors,
});

const parsed = ({ data, errors }: TextResult): ExecutionResult => ({
  ...(errors.length > 0 ? { errors } : {}),
  data: JSON.parse(data),
});

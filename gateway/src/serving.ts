import { type ReportFault, StartError } from '@eventxperts/errors';
import type { GatewayConfig } from './config.ts';
import { createEngine, type Engine } from './execution/engine.ts';
import { createPlanExecutor } from './execution/plan-executor.ts';
import type { GatewayMetrics } from './metrics.ts';
import { createOperationStore, type OperationStore } from './operation/operation-store.ts';
import { type LoadedSupergraph, loadSupergraph } from './supergraph/supergraph.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';

interface ServingOptions {
  readonly config: GatewayConfig;
  readonly supergraphSdl: string;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly metrics: GatewayMetrics;
  readonly report: ReportFault;
}

export interface Serving {
  readonly supergraph: LoadedSupergraph;
  readonly operations: OperationStore;
  readonly engine: Engine;
  /**
   * New operations are planned and executed over the new supergraph; those under way end on the one
   * they began with. @throws StartError when it has a subgraph without a transport; nothing changed.
   */
  replace(supergraphSdl: string): void;
}

/** Some two thousand operations of usual length. */
const operationCacheCharacters = 1_000_000;

/** All that follows from a supergraph, behind faces that stay the same when another one takes over. */
export function createServing(options: ServingOptions): Serving {
  let current = derive(options.supergraphSdl, options);
  return {
    supergraph: current.supergraph,
    operations: {
      assertWithinLimits: (source) => current.operations.assertWithinLimits(source),
      assertNoSecret: (source) => current.operations.assertNoSecret(source),
      prepare: (source, name) => current.operations.prepare(source, name),
      plan: (document, source, name) => current.operations.plan(document, source, name),
    },
    engine: {
      execute: (operation, request) => current.engine.execute(operation, request),
      executeToText: (operation, request) => current.engine.executeToText(operation, request),
      subscribe: (operation, request) => current.engine.subscribe(operation, request),
    },
    replace(supergraphSdl) {
      current = derive(supergraphSdl, options);
    },
  };
}

function derive(sdl: string, { config, transports, metrics, report }: ServingOptions) {
  const supergraph = loadSupergraph(sdl);
  for (const name of supergraph.subgraphNames) {
    if (!transports[name]) throw new StartError(`There is no way to the subgraph "${name}".`);
  }
  const operations = createOperationStore(supergraph, {
    limits: config.limits,
    introspection: config.introspection,
    capacity: operationCacheCharacters,
  });
  const executor = createPlanExecutor({ supergraph, transports, metrics, report });
  return { supergraph, operations, engine: createEngine(executor, metrics) };
}

import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, execute, parse, validate } from 'graphql';
import { createPlanExecutor } from '../execution/plan-executor.ts';
import { createMetrics } from '../metrics.ts';
import { defaultLimits } from '../operation/limits.ts';
import { createOperationStore } from '../operation/operation-store.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import type { SubgraphRequest, SubgraphTransport } from '../transport/subgraph-transport.ts';

/** Named functions, so that examples can be written without types of their own. */
// biome-ignore lint/suspicious/noExplicitAny: examples of resolvers take whatever they are given
export type Resolvers = Record<string, Record<string, (...given: any[]) => unknown> | object>;

export interface SmallSubgraph {
  /** Without `@link`: everything of federation is imported. */
  readonly sdl: string;
  readonly resolvers?: Resolvers;
  /** Instead of the schema's own execution. */
  readonly execute?: SubgraphTransport['execute'];
}

export interface SmallSupergraph {
  /** Requests as subgraphs got them, in order. */
  readonly asked: { readonly subgraph: string; readonly request: SubgraphRequest }[];
  readonly faults: unknown[];
  run(
    query: string,
    variables?: Record<string, unknown>,
    operationName?: string,
  ): Promise<ExecutionResult>;
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"
])`;

/** Subgraphs within the process behind our executor. */
export function smallSupergraph(subgraphs: Record<string, SmallSubgraph>): SmallSupergraph {
  const asked: SmallSupergraph['asked'] = [];
  const faults: unknown[] = [];
  const definitions = Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    typeDefs: parse(`${link}\n${sdl}`),
    url: `http://${name}.test`,
  }));
  const { supergraphSdl, errors } = composeServices(definitions);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  const supergraph = loadSupergraph(supergraphSdl);
  const transports = Object.fromEntries(
    definitions.map(({ name, typeDefs }) => {
      const { resolvers = {}, execute: instead } = subgraphs[name] ?? { sdl: '' };
      const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
      const transport: SubgraphTransport = {
        async execute(request) {
          asked.push({ subgraph: name, request });
          if (instead) return instead(request);
          const { query, variables, operationName } = request;
          const document = parse(query);
          const [fault] = validate(schema, document);
          if (fault) throw fault;
          return JSON.parse(
            JSON.stringify(
              await execute({ schema, document, variableValues: variables, operationName }),
            ),
          );
        },
        subscribe: () => Promise.reject(new Error('no subscriptions here')),
        ready: async () => true,
      };
      return [name, transport];
    }),
  );
  const operations = createOperationStore(supergraph, {
    limits: defaultLimits,
    introspection: true,
    capacity: 100_000,
  });
  const executor = createPlanExecutor({
    supergraph,
    transports,
    metrics: createMetrics(),
    report: ({ error }) => void faults.push(error),
  });
  return {
    asked,
    faults,
    run: (query, variables = {}, operationName) =>
      executor.execute(operations.prepare(query, operationName), { variables, headers: {} }),
  };
}

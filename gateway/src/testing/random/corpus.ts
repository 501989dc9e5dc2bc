import { composeServices } from '@apollo/composition';
import { type DocumentNode, type ExecutionResult, execute, parse, validate } from 'graphql';
import { defaultLimits } from '../../operation/limits.ts';
import { createOperationStore } from '../../operation/operation-store.ts';
import type { PlannedOperation } from '../../operation/planned-operation.ts';
import { type LoadedSupergraph, loadSupergraph } from '../../supergraph/supergraph.ts';
import type { SubgraphTransport } from '../../transport/subgraph-transport.ts';
import type { Dice } from './dice.ts';
import { type RandomQuery, randomQuery } from './random-query.ts';
import { randomWorld, type World } from './world.ts';
import { subgraphSdl } from './world-sdl.ts';
import { serveWorld } from './world-servers.ts';

/** One random supergraph with queries, and what one plain schema answers to them. */
export interface Corpus {
  readonly world: World;
  readonly supergraph: LoadedSupergraph;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly queries: readonly CorpusQuery[];
}

export interface CorpusQuery extends RandomQuery {
  readonly document: DocumentNode;
  readonly operation: PlannedOperation;
  readonly reference: ExecutionResult;
}

const queriesAWorld = 12;

/** Undefined where composition refuses the random schemas. */
export async function randomCorpus(dice: Dice): Promise<Corpus | undefined> {
  const world = randomWorld(dice);
  const sdl = compose(world);
  if (!sdl) return undefined;
  const supergraph = loadSupergraph(sdl);
  const { monolith, transports } = serveWorld(world);
  const operations = createOperationStore(supergraph, {
    limits: { ...defaultLimits, maxDepth: 100 },
    introspection: true,
    capacity: 1_000_000,
  });
  const queries: CorpusQuery[] = [];
  for (let index = 0; index < queriesAWorld; index++) {
    const { text, variables } = randomQuery(dice, monolith);
    const document = parse(text);
    if (validate(monolith, document).length > 0) continue;
    const reference = await execute({ schema: monolith, document, variableValues: variables });
    const operation = operations.prepare(text);
    queries.push({ text, variables, document, operation, reference });
  }
  return { world, supergraph, transports, queries };
}

const compose = ({ subgraphs, ...world }: World): string | undefined =>
  composeServices(
    subgraphs.map((name) => ({
      name,
      typeDefs: parse(subgraphSdl({ subgraphs, ...world }, name)),
      url: `http://${name}.test`,
    })),
  ).supergraphSdl;

/** Everything that is needed to see a difference again. */
export const described = ({ world }: Corpus, { text, variables }: RandomQuery): string =>
  [
    text,
    JSON.stringify(variables),
    ...world.subgraphs.map((name) => `# ${name}\n${subgraphSdl(world, name)}`),
  ].join('\n\n');

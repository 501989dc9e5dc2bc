import process from 'node:process';
import { composeServices } from '@apollo/composition';
import { type GraphQLSchema, parse, printSchema } from 'graphql';

export interface SubgraphSource {
  readonly name: string;
  readonly routingUrl: string;
  readonly sdl: string;
}

export interface Composed {
  readonly supergraphSdl: string;
  /** What clients see: no federation machinery, nothing inaccessible. */
  readonly apiSchema: GraphQLSchema;
  /** What two subgraphs say differently of one thing, one line each. */
  readonly conflicts: readonly string[];
}

/** The subgraphs do not make one supergraph; the message lists every reason. */
export class CompositionFailed extends Error {}

// An enum nobody returns yet contradicts nobody. Every other hint is a disagreement of subgraphs.
const harmlessHints = new Set(['UNUSED_ENUM_TYPE']);

/** @throws CompositionFailed */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composed {
  const result = composeServices(
    subgraphs.map(({ name, routingUrl, sdl }) => ({ name, url: routingUrl, typeDefs: parse(sdl) })),
  );
  if (result.schema === undefined) {
    throw new CompositionFailed(result.errors.map(({ message }) => message).join('\n'));
  }
  return {
    supergraphSdl: `${result.supergraphSdl.trimEnd()}\n`,
    apiSchema: result.schema.toAPISchema().toGraphQLJSSchema(),
    conflicts: result.hints
      .filter(({ definition }) => !harmlessHints.has(definition.code))
      .map(({ definition, message }) => `${definition.code}: ${message}`),
  };
}

export const printApiSchema = (schema: GraphQLSchema): string => `${printSchema(schema)}\n`;

/** Runs a command's work; where the supergraph does not compose, says why and exits with 1. */
export async function reportingComposition(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CompositionFailed)) throw error;
    process.stderr.write(`The subgraphs do not compose.\n${error.message}\n`);
    process.exitCode = 1;
  }
}

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { printSubgraph } from '@eventxperts/subgraph';

type PrintableSubgraph = Parameters<typeof printSubgraph>[0];

/** Prints a subgraph's SDL from the definition its `src/subgraph.ts` exports. */
export async function subgraphSdl(root: string, name: string): Promise<string> {
  const file = join(root, 'subgraphs', name, 'src/subgraph.ts');
  const exported: Record<string, unknown> = await import(pathToFileURL(file).href);
  const definition = Object.values(exported).find(isDefinition);
  if (definition === undefined) throw new Error(`${file} exports no subgraph definition.`);
  if (definition.name !== name) {
    throw new Error(`${file} defines "${definition.name}"; its folder says "${name}".`);
  }
  return printSubgraph(definition);
}

const isDefinition = (value: unknown): value is PrintableSubgraph =>
  typeof value === 'object' && value !== null && 'name' in value && 'resolvers' in value;

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Composed, composeSupergraph } from './compose-supergraph.ts';
import { subgraphSdl } from './subgraph-sdl.ts';
import { readSupergraphConfig } from './supergraph-config.ts';

const supergraphFile = 'schema/supergraph.graphql';

export interface SchemaFiles extends Composed {
  /** By path from the root: every file that `npm run compose` writes. */
  readonly files: ReadonlyMap<string, string>;
}

/** What the checked-in schema files should hold, from the code as it is. */
export async function schemaFiles(root: string): Promise<SchemaFiles> {
  const files = new Map<string, string>();
  const subgraphs = [];
  for (const { name, routingUrl, schemaFile } of readSupergraphConfig(root)) {
    const sdl = await subgraphSdl(root, name);
    files.set(schemaFile, sdl);
    subgraphs.push({ name, routingUrl, sdl });
  }
  const composed = composeSupergraph(subgraphs);
  files.set(supergraphFile, composed.supergraphSdl);
  return { ...composed, files };
}

export function writeFiles(root: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** The files that are missing or say something else than they should. */
export function staleFiles(root: string, files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([path, text]) => readIfPresent(join(root, path)) !== text)
    .map(([path]) => path);
}

const readIfPresent = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;

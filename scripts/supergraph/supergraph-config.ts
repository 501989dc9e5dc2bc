import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const roverConfig = z.strictObject({
  federation_version: z.string(),
  subgraphs: z.record(
    z.string(),
    z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) }),
  ),
});

/** A subgraph as `rover.yaml` lists it. */
export interface SubgraphEntry {
  readonly name: string;
  readonly routingUrl: string;
  /** Where its SDL is kept, from the repository's root. */
  readonly schemaFile: string;
}

/** The supergraph's configuration, out of the same file that Rover and Studio read. */
export function readSupergraphConfig(root: string): readonly SubgraphEntry[] {
  const config = roverConfig.parse(parse(readFileSync(join(root, 'rover.yaml'), 'utf8')));
  return Object.entries(config.subgraphs).map(([name, entry]) => ({
    name,
    routingUrl: entry.routing_url,
    schemaFile: entry.schema.file.replace(/^\.\//, ''),
  }));
}

/** Subgraphs that exist as workspaces, listed or not. */
export const subgraphWorkspaces = (root: string): string[] =>
  readdirSync(join(root, 'subgraphs')).filter((name) =>
    existsSync(join(root, 'subgraphs', name, 'package.json')),
  );

// Prints the subgraphs named as arguments, loaded and built in that order, as one JSON object.
import { resolve } from 'node:path';
import process from 'node:process';
import { subgraphSdl } from './subgraph-sdl.ts';

const root = resolve(import.meta.dirname, '../..');
const printed: Record<string, string> = {};
for (const name of process.argv.slice(2)) printed[name] = await subgraphSdl(root, name);
process.stdout.write(JSON.stringify(printed));

// `npm run compose`: prints every subgraph's SDL and composes the supergraph from them.
import { resolve } from 'node:path';
import process from 'node:process';
import { reportingComposition } from './compose-supergraph.ts';
import { schemaFiles, staleFiles, writeFiles } from './schema-files.ts';

const root = resolve(import.meta.dirname, '../..');

await reportingComposition(async () => {
  const { files, conflicts } = await schemaFiles(root);
  const changed = staleFiles(root, files);
  writeFiles(root, files);
  for (const conflict of conflicts) process.stderr.write(`The subgraphs disagree. ${conflict}\n`);
  process.stdout.write(
    changed.length === 0 ? 'Schema files are up to date.\n' : `Wrote ${changed.join(', ')}.\n`,
  );
});

// A part of `npm run check`: the supergraph's files, agreement, promises and descriptions.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { supergraphProblems } from './check-supergraph.ts';
import { reportingComposition } from './compose-supergraph.ts';
import { schemaFiles } from './schema-files.ts';
import { readSupergraphConfig, subgraphWorkspaces } from './supergraph-config.ts';

const root = resolve(import.meta.dirname, '../..');

await reportingComposition(async () => {
  const launcher = readFileSync(join(root, 'packages/launcher/src/domains.ts'), 'utf8');
  const listed = readSupergraphConfig(root).map(({ name }) => name);
  const problems = [
    ...subgraphWorkspaces(root)
      .filter((name) => !listed.includes(name))
      .map((name) => `rover.yaml does not list subgraphs/${name}.`),
    ...listed
      .filter((name) => !launcher.includes(`'@eventxperts/${name}'`))
      .map((name) => `packages/launcher/src/domains.ts does not import @eventxperts/${name}.`),
    ...supergraphProblems(root, await schemaFiles(root)),
  ];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
});

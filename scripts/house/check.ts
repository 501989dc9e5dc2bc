// A part of `npm run check`: how files are named, how long they are, what the lock file names.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { subgraphWorkspaces } from '../supergraph/supergraph-config.ts';
import { lengthProblems } from './file-length.ts';
import { missingPlatformPackages, parseLockFile } from './lock-file.ts';
import { sourceFiles } from './source-files.ts';
import { vocabularyProblems } from './subgraph-vocabulary.ts';

const root = resolve(import.meta.dirname, '../..');

const sources = sourceFiles(root, '*.ts', '*.mjs', '*.cjs');
const lock = parseLockFile(readFileSync(join(root, 'package-lock.json'), 'utf8'));

const problems = [
  ...missingPlatformPackages(lock).map(
    ({ name }) => `package-lock.json does not name ${name}. Run \`npm run complete-lock\`.`,
  ),
  ...subgraphWorkspaces(root).flatMap((name) => {
    const base = `subgraphs/${name}/src/`;
    const files = sources.filter((path) => path.startsWith(base));
    return vocabularyProblems(
      name,
      files.map((path) => path.slice(base.length)),
    );
  }),
  ...lengthProblems(
    sources.map((path) => ({
      path,
      lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1,
    })),
  ),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

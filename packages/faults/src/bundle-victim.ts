import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

export interface VictimBundle {
  readonly script: string;
  remove(): Promise<void>;
}

/** One mistake put into the source: what a protection is worth shows without it. */
export interface Mistake {
  /** The end of the file's path. */
  readonly file: string;
  /** A piece of its text that it holds once. */
  readonly replace: string;
  readonly by: string;
}

/** CommonJS packages inside an ES module still ask for `require`. */
const requireBanner =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** Bundles a TypeScript entry with all it imports from source, so that a victim starts quickly. */
export async function bundleVictim(entry: string, mistake?: Mistake): Promise<VictimBundle> {
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
    plugins: mistake ? [making(mistake)] : [],
    banner: { js: requireBanner },
    logLevel: 'error',
  });
  return { script, remove: () => rm(folder, { recursive: true, force: true }) };
}

const making = ({ file, replace, by }: Mistake): Plugin => ({
  name: 'mistake',
  setup(building) {
    building.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!path.endsWith(file)) return undefined;
      const pieces = (await readFile(path, 'utf8')).split(replace);
      if (pieces.length !== 2) throw new Error(`${file} must hold this once: ${replace}`);
      return { contents: pieces.join(by), loader: 'ts' };
    });
  },
});

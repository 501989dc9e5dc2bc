import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const skippedFolders = new Set(['node_modules', 'dist', 'generated']);
const isInput = (name) => !skippedFolders.has(name) && !/\.(test\.ts|tsbuildinfo)$/.test(name);

/**
 * Whether a step's outputs stand and were made from its present inputs. The stamp holds two
 * fingerprints: by size and time, checked in milliseconds, and by content, for a checkout that
 * touched files without changing them.
 */
export function freshness(root, step) {
  const stampFile = join(root, '.setup', `${step.name}.json`);
  const files = step.inputs.flatMap((input) => filesBelow(root, input));
  const byTime = fingerprint(files, (file) => timeOf(join(root, file)));
  const byContent = () => fingerprint(files, (file) => readFileSync(join(root, file)));
  const remember = () => {
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, JSON.stringify({ byTime, byContent: byContent() }));
  };

  const isFresh = () => {
    if (!step.outputs.every((output) => existsSync(join(root, output)))) return false;
    const stamp = readStamp(stampFile);
    if (stamp.byTime === byTime) return true;
    if (stamp.byContent !== byContent() && !step.alreadyDone?.()) return false;
    remember();
    return true;
  };
  return { fresh: isFresh(), remember, forget: () => rmSync(stampFile, { force: true }) };
}

function readStamp(stampFile) {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    // Missing, or cut short by a kill: either way nothing is known to be done.
    return {};
  }
}

function filesBelow(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter(isInput)
    .sort()
    .flatMap((name) => filesBelow(root, join(path, name)));
}

function timeOf(file) {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
}

function fingerprint(files, contentOf) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(contentOf(file)).update('\0');
  return hash.digest('hex');
}

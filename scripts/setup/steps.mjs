import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { hydratePostgres, installedMatchesLock } from './installed.mjs';

const node = process.execPath;

/**
 * The steps of a goal, in order. `inputs` are files or folders; `outputs` must exist afterwards.
 * Every later step also depends on the lock file: a new generator makes new code.
 */
export function stepsFor(root, goal) {
  const sources = [install(root), contracts(root), clients(root)];
  if (goal === 'start') return [...sources, bundle(root)];
  if (goal === 'distributed') return [...sources, compiled(root)];
  return sources;
}

const install = (root) => ({
  name: 'install',
  title: 'installing packages',
  inputs: ['package-lock.json'],
  outputs: ['node_modules/.package-lock.json'],
  commands: [
    [...npm(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    () => hydratePostgres(root),
  ],
  alreadyDone() {
    if (!installedMatchesLock(root)) return false;
    hydratePostgres(root);
    return true;
  },
});

const contracts = () => ({
  name: 'contracts',
  title: 'generating the types of the event contracts',
  inputs: ['package-lock.json', 'schema/events', 'scripts/generate-contracts.mjs'],
  outputs: ['packages/messaging/src/generated/contracts.ts'],
  commands: [[node, 'scripts/generate-contracts.mjs']],
});

const clients = (root) => ({
  name: 'clients',
  title: 'generating the database clients',
  inputs: ['package-lock.json', ...schemas(root), 'scripts/generate.mjs'],
  outputs: foldersOf(root, 'prisma').map((domain) => `subgraphs/${domain}/src/generated`),
  commands: [[node, 'scripts/generate.mjs']],
});

const bundle = (root) => ({
  name: 'bundle',
  title: 'building',
  inputs: [...everyWorkspace(root), 'packages/launcher/build.mjs'],
  outputs: ['packages/launcher/dist/bundle/standalone.mjs'],
  commands: [[node, 'packages/launcher/build.mjs']],
});

const compiled = (root) => ({
  name: 'compiled',
  title: 'compiling every workspace',
  inputs: [...everyWorkspace(root), 'tsconfig.base.json'],
  outputs: ['gateway/dist/main.js', 'packages/launcher/dist/distributed/main.js'],
  commands: [[node, 'node_modules/turbo/bin/turbo', 'run', 'build', '--output-logs=errors-only']],
});

const everyWorkspace = (root) => [
  'package-lock.json',
  'schema/events',
  ...schemas(root),
  'gateway',
  'packages',
  'subgraphs',
];

const schemas = (root) =>
  foldersOf(root, 'prisma').map((domain) => `prisma/${domain}/schema.prisma`);

function foldersOf(root, path) {
  try {
    return readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

// The npm that runs us, so that its version and settings are the user's own.
function npm() {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? [node, cli] : ['npm'];
}

// `npm run check`: every rule of the house. All run, whatever fails, so that one run tells all.
import { spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import process from 'node:process';

const root = resolve(import.meta.dirname, '..');
const typescript = ['node', '--conditions=source', '--import', './scripts/typescript.mjs'];

const checks = [
  ['format and lint', ['biome', 'ci', '--colors=off', '.']],
  ['types', ['turbo', 'run', 'build', '--output-logs=errors-only']],
  ['types of the scripts', ['tsc', '-p', 'scripts']],
  [
    'who imports whom',
    [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'gateway',
      'subgraphs',
      'packages',
      'bench',
    ],
  ],
  ['names and lengths of files', [...typescript, 'scripts/house/check.ts']],
  ['unused code and dependencies', ['knip', '--no-progress', '--no-config-hints']],
  ['copies of the platform’s migrations', ['node', 'scripts/platform-migrations.mjs', '--check']],
  ['schemas and their migrations', ['node', 'scripts/migrate.mjs', 'check']],
  ['the supergraph', [...typescript, 'scripts/supergraph/check.ts']],
];

let failures = 0;
for (const [name, [command, ...args]] of checks) {
  const startedAt = Date.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${resolve(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`,
      TURBO_TELEMETRY_DISABLED: '1',
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? '✔' : '✖'} ${name} (${seconds} s)\n`);
  if (status === 0) continue;
  failures += 1;
  process.stdout.write(`${error?.message ?? ''}${stdout}${stderr}\n`);
}
process.exitCode = failures === 0 ? 0 : 1;

#!/usr/bin/env node
// `node scripts/migrate.mjs --help`: writes and checks migrations, from the sources, offline.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(
  process.execPath,
  [
    '--conditions=source',
    '--import',
    new URL('./typescript.mjs', import.meta.url).href,
    fileURLToPath(new URL('./migrate/main.ts', import.meta.url)),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;

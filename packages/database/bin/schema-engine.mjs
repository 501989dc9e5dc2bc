#!/usr/bin/env node
// What PRISMA_SCHEMA_ENGINE_BINARY names. Prisma runs a path without arguments of ours, so this adds
// what it takes to run the engine from its TypeScript source.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const typescript = new URL('../../../scripts/typescript.mjs', import.meta.url);
const engine = new URL('../src/schema-engine/main.ts', import.meta.url);
const flags = ['--conditions=source', '--import', typescript.href, fileURLToPath(engine)];

const child = spawn(process.execPath, [...flags, ...process.argv.slice(2)], { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

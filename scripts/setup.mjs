// Makes a clone ready for one npm script: `node scripts/setup.mjs start|test|build`.
// Built-ins alone, because it runs before anything is installed.
import process from 'node:process';
import { nodeRefusal } from './setup/node-version.mjs';

const refusal = nodeRefusal(process.versions.node);
if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`);
  process.exit(1);
}

// Loaded late: an old Node must reach the line above, not stop at syntax it cannot read.
const { setUp } = await import('./setup/set-up.mjs');
process.exitCode = await setUp(process.argv[2] ?? 'build');

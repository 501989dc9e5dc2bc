// `npm run complete-lock`, after an `npm install` that `npm run check` complains of: names in
// package-lock.json the packages of other platforms that npm left out.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { completed, missingPlatformPackages, parseLockFile } from './lock-file.ts';

const path = resolve(import.meta.dirname, '../../package-lock.json');
const lock = parseLockFile(readFileSync(path, 'utf8'));
writeFileSync(path, `${JSON.stringify(completed(lock), null, 2)}\n`);
process.stdout.write(`Named ${missingPlatformPackages(lock).length} packages more.\n`);

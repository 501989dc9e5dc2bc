import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartError } from '@eventxperts/errors';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFormat, openDataDir } from './data-dir.ts';
import { postgresMajor } from './embedded/binaries.ts';

let scratch: string;
let dataDir: string;

beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'data-dir-'));
  dataDir = path.join(scratch, 'nested', 'data');
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

const versionFile = (): string => path.join(dataDir, 'version.json');

async function refusal(): Promise<string> {
  const error: unknown = await openDataDir(dataDir).catch((reason: unknown) => reason);
  if (error instanceof StartError) return error.message;
  throw new Error('It was not refused.');
}

test('a new folder gets the present version, and opens again', async () => {
  const version = { format: dataFormat, postgresMajor };
  await expect(openDataDir(dataDir)).resolves.toEqual(version);
  expect(JSON.parse(await readFile(versionFile(), 'utf8'))).toEqual(version);
  await expect(openDataDir(dataDir)).resolves.toEqual(version);
});

test('data of a newer release is refused in one line, and not touched', async () => {
  await openDataDir(dataDir);
  const newer = JSON.stringify({ format: dataFormat + 1, postgresMajor });
  await writeFile(versionFile(), newer);
  expect(await refusal()).toMatch(/^DATA_DIR .* was written by a newer release .*\.$/);
  expect(await readFile(versionFile(), 'utf8')).toBe(newer);
});

test.each([postgresMajor - 1, postgresMajor + 1])(
  'a cluster of PostgreSQL %i is refused in one line',
  async (major) => {
    await openDataDir(dataDir);
    await writeFile(versionFile(), JSON.stringify({ format: dataFormat, postgresMajor: major }));
    expect(await refusal()).toMatch(
      new RegExp(`^DATA_DIR .* holds a PostgreSQL ${major} cluster.*\\.$`),
    );
  },
);

test.each(['', 'null', '{"format":"1"}'])(
  'a damaged version file (%j) is refused in one line',
  async (text) => {
    await openDataDir(dataDir);
    await writeFile(versionFile(), text);
    expect(await refusal()).toMatch(/^.*version\.json is damaged/);
  },
);

test('a place that cannot be written is refused in one line', async () => {
  await writeFile(path.join(scratch, 'nested'), 'a file where a folder should be');
  expect(await refusal()).toMatch(/^DATA_DIR .* cannot be written: .*\.$/);
});

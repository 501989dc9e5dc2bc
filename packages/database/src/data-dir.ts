import { access, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from '@eventxperts/errors';
import { z } from 'zod';
import { postgresMajor } from './embedded/binaries.ts';

/** The layout of DATA_DIR. A change to it is a new number and a step in `upgrades`. */
export const dataFormat = 1;

const versionFile = z.object({
  format: z.int().positive(),
  postgresMajor: z.int().positive(),
});

type DataVersion = z.infer<typeof versionFile>;

/** Moves a folder from the format of its key to the next one. */
type Upgrade = (dataDir: string) => Promise<void>;
const upgrades: ReadonlyMap<number, Upgrade> = new Map();

/**
 * Makes `dataDir` ready for this release: creates it, or brings older data forward.
 * @throws StartError when it cannot be written or holds what only a newer release can read.
 */
export async function openDataDir(dataDir: string): Promise<DataVersion> {
  await createWritable(dataDir);
  const found = await readVersion(dataDir);
  const current = { format: dataFormat, postgresMajor };
  if (found) await bringForward(dataDir, found);
  if (found?.format !== dataFormat) await writeVersion(dataDir, current);
  return current;
}

async function createWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(`DATA_DIR ${dataDir} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}

async function readVersion(dataDir: string): Promise<DataVersion | undefined> {
  const file = path.join(dataDir, 'version.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new StartError(`${file} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
  const parsed = versionFile.safeParse(parseJson(text));
  if (!parsed.success) throw new StartError(`${file} is damaged; it should name a format.`);
  return parsed.data;
}

async function bringForward(dataDir: string, found: DataVersion): Promise<void> {
  if (found.format > dataFormat) {
    throw new StartError(
      `DATA_DIR ${dataDir} was written by a newer release (format ${found.format}, this one reads up to ${dataFormat}).`,
    );
  }
  if (found.postgresMajor !== postgresMajor) {
    throw new StartError(
      `DATA_DIR ${dataDir} holds a PostgreSQL ${found.postgresMajor} cluster, and this release runs PostgreSQL ${postgresMajor}: dump it there and load it here.`,
    );
  }
  for (let format = found.format; format < dataFormat; format += 1) {
    await upgrades.get(format)?.(dataDir);
  }
}

/** By rename, so that a kill leaves the old file or the new one. */
async function writeVersion(dataDir: string, version: DataVersion): Promise<void> {
  const file = path.join(dataDir, 'version.json');
  await writeFile(`${file}.new`, `${JSON.stringify(version)}\n`);
  await rename(`${file}.new`, file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

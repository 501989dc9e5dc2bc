import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from '@eventxperts/database';
import { migrationDifference } from '@eventxperts/database/schema-engine';

/** The platform's migrations come before it, so that a domain's may build on them. */
const firstOfDomain = '20260102000000';

export interface NewMigrationOptions {
  /** A database of a server where the migrations may be replayed. */
  readonly url: string;
  /** Holds schema.prisma and migrations/. */
  readonly domainDir: string;
  /** What the migration does, in a few words. */
  readonly name: string;
}

/** Writes what schema.prisma asks for and the migrations do not make yet. Returns the file, if any. */
export async function newMigration(options: NewMigrationOptions): Promise<string | undefined> {
  const { url, domainDir, name } = options;
  const label = slug(name);
  const sql = await migrationDifference({ url, domainDir });
  if (sql === '') return undefined;
  const folder = path.join(domainDir, 'migrations', `${await nextStamp(domainDir)}_${label}`);
  await mkdir(folder);
  const file = path.join(folder, 'migration.sql');
  await writeFile(file, sql);
  return file;
}

/** The time in UTC, later than every migration that exists: the names are their order. */
async function nextStamp(directory: string): Promise<string> {
  const entries = await readdir(path.join(directory, 'migrations'));
  const stamps = entries
    .map((entry) => entry.slice(0, 14))
    .filter((stamp) => /^\d{14}$/.test(stamp));
  const last = stamps.sort().at(-1);
  if (last === undefined || last < firstOfDomain) return firstOfDomain;
  const now = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return now > last ? now : `${BigInt(last) + 1n}`;
}

function slug(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g);
  if (words) return words.join('_');
  throw new StartError('A migration needs a name of letters: it says what changes.');
}

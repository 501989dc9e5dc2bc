import { readFile } from 'node:fs/promises';
import { StartError } from '@eventxperts/errors';
import type { ZodType } from 'zod';

/**
 * A file of the data folder, or undefined where there is none. Only a file that is missing is made anew:
 * one that cannot be read may hold what cannot be replaced.
 * @throws StartError when it cannot be read or does not hold `content`.
 */
export async function readJsonFile<T>(
  file: string,
  shape: ZodType<T>,
  content: string,
): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new StartError(`${file} cannot be read: ${cause.message}.`, { cause });
  });
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartError(`${file} is damaged: it should hold ${content}.`, { cause });
  }
}

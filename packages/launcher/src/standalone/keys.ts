import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '@eventxperts/errors';
import { generatePlatformKeys } from '@eventxperts/identity';
import { z } from 'zod';

const keysFile = z.record(z.string(), z.string());

/**
 * The secrets of this data folder: made at its first start, readable by its owner alone. Only the
 * standalone run makes its own; a deployment brings them by its environment.
 */
export async function openKeys(dataDir: string): Promise<Readonly<Record<string, string>>> {
  const file = join(dataDir, 'keys.json');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return parse(file, known);
  const keys = { ...(await generatePlatformKeys()) };
  await writeFile(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return keys;
}

function parse(file: string, text: string): Readonly<Record<string, string>> {
  try {
    return keysFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartError(`${file} is damaged: it should hold the keys made at the first start.`, {
      cause,
    });
  }
}

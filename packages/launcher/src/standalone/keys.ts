import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatePlatformKeys, type PlatformKeys } from '@eventxperts/identity';
import { z } from 'zod';
import { readJsonFile } from '../read-json-file.ts';

const key = z.string().min(1);
const keysFile = z.object({
  PLATFORM_JWKS: key,
  GUEST_SIGNING_KEY: key,
  GATEWAY_SIGNING_KEY: key,
  INVITATION_CODE_KEY: key,
  NOTIFICATIONS_PUBLIC_KEY: key,
  NOTIFICATIONS_PRIVATE_KEY: key,
  OIDC_SIGNING_KEYS: key,
  OIDC_COOKIE_KEYS: key,
} satisfies Record<keyof PlatformKeys, typeof key>);

/**
 * The secrets of this data folder: made at its first start, readable by its owner alone. Only the
 * standalone run makes its own; a deployment brings them by its environment.
 */
export async function openKeys(dataDir: string): Promise<Readonly<Record<string, string>>> {
  const file = join(dataDir, 'keys.json');
  const known = await readJsonFile(file, keysFile, 'the keys made at the first start');
  if (known) return known;
  const keys = { ...(await generatePlatformKeys()) };
  await writeFile(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
  return keys;
}

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds one folder a domain. */
export const prismaDir = fileURLToPath(new URL('../../prisma/', import.meta.url));

export const domainDir = (domain: string): string => path.join(prismaDir, domain);

export async function listDomains(): Promise<string[]> {
  const entries = await readdir(prismaDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

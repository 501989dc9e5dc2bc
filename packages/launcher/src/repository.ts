import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Source, compiled code and bundle lie at different depths below the repository's root. */
const root = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'rover.yaml')) && folder !== dirname(folder)) {
    folder = dirname(folder);
  }
  return folder;
})();

export const supergraphFile = join(root, 'schema/supergraph.graphql');
export const migrationsDir = (domain: string): string => join(root, 'prisma', domain, 'migrations');
/** The compiled entry of a service's own process. */
export const mainFile = (workspace: string): string => join(root, workspace, 'dist/main.js');
export const kafkaScript = join(root, 'scripts/kafka.mjs');

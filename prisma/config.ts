import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// The command line would download its schema engine; ours is the same engine from npm. Whoever wants
// the binary names it in the environment.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  new URL('../packages/database/bin/schema-engine.mjs', import.meta.url),
);

/** The configuration of one domain: schema.prisma and migrations/ beside its prisma.config.ts. */
export const domainConfig = () => {
  const url = process.env.DATABASE_URL;
  return defineConfig({
    schema: 'schema.prisma',
    migrations: { path: 'migrations' },
    ...(url && { datasource: { url } }),
  });
};

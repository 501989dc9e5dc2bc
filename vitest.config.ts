import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Workspace packages are tested from source, so a test never runs against a stale build.
    conditions: ['source'],
    // graphql ships two builds; a process that loads both cannot compare types across them.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  // No 'import' here: it would reach Node too and make `require` of a dual package give its ES module.
  ssr: { resolve: { conditions: ['source', 'node'] } },
  // Where vitest loads its globalSetup: the database package, in a clone that was never built.
  environments: { __vitest__: { resolve: { conditions: ['source', 'node'] } } },
  test: {
    include: [
      'src/**/*.test.ts',
      '*/src/**/*.test.ts',
      '*/*/src/**/*.test.ts',
      '**/scripts/**/*.test.{ts,mjs}',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.faults.test.ts'],
    setupFiles: ['reflect-metadata'],
    // One real PostgreSQL for the whole run; testDatabase() makes databases on it.
    globalSetup: ['packages/database/src/testing/global-setup.ts'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

const minutes = 60_000;

/** The slow half of the tests: processes killed at every frame, brokers taken away. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['**/src/**/*.faults.test.ts'],
      exclude: ['**/node_modules/**', '**/dist/**'],
      maxWorkers: 2,
      testTimeout: 15 * minutes,
      hookTimeout: 2 * minutes,
    },
  }),
);

export { StartError } from '@eventxperts/errors';
export {
  createListener,
  type Listener,
  type OnNotification,
} from './connection/create-listener.ts';
export { createPool, type PoolOptions } from './connection/create-pool.ts';
export { createPrismaAdapter } from './connection/create-prisma-adapter.ts';
export { createTransact, type Transact } from './connection/create-transact.ts';
export { ensureDatabase } from './connection/ensure-database.ts';
export { type RetryOptions, retrySerialization } from './connection/retry-serialization.ts';
export { openDataDir } from './data-dir.ts';
export { findRunningPostgres } from './embedded/find-running-postgres.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start-embedded-postgres.ts';
export { type MigrateOptions, migrate } from './migrate/migrate.ts';
export { decodeCursor, encodeCursor, parseCursor } from './pagination/cursor.ts';
export {
  defaultPage,
  largestPage,
  type Page,
  type PageArguments,
  pageOf,
  parseFirst,
} from './pagination/page.ts';
export type { SqlTransaction } from './sql-transaction.ts';

import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { withDatabase } from '../connection/ensure-database.ts';
import { hideCharacters, queryWithCharacters } from './report-characters.ts';

/** adapter-pg made fit for the schema engine, which asks more of it than the client does. */
export const createEngineAdapter = (url: string): SqlMigrationAwareDriverAdapterFactory => ({
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: () => connect(url),
  connectToShadowDb: () => connectToShadow(url),
});

async function connect(url: string): Promise<SqlDriverAdapter> {
  // One session: the engine takes an advisory lock and expects to hold it in the next statement.
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined);
  const factory = new PrismaPg(hideCharacters(pool), { disposeExternalPool: true });
  return complete(await factory.connect());
}

/** A database for the moment, in which the engine replays the migrations. */
async function connectToShadow(url: string): Promise<SqlDriverAdapter> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  const owner = await connect(url);
  await owner.executeScript(`CREATE DATABASE "${name}" TEMPLATE template0`);
  const shadow = await connect(withDatabase(url, name));
  return {
    ...shadow,
    async dispose() {
      await shadow.dispose();
      await owner.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await owner.dispose();
    },
  };
}

function complete(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => queryWithCharacters(adapter, query),
    executeRaw: (query) => adapter.executeRaw(query),
    // adapter-pg would cut the script at every semicolon, also within function bodies. The server
    // cuts it right, and runs it as one transaction.
    executeScript: async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    },
    startTransaction: async (isolationLevel) => {
      const transaction = await adapter.startTransaction(isolationLevel);
      return {
        provider: transaction.provider,
        adapterName: transaction.adapterName,
        options: transaction.options,
        queryRaw: (query) => queryWithCharacters(transaction, query),
        executeRaw: (query) => transaction.executeRaw(query),
        commit: () => transaction.commit(),
        rollback: () => transaction.rollback(),
      };
    },
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    dispose: () => adapter.dispose(),
  };
}

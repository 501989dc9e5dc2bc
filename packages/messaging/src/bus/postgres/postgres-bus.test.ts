import { createPool } from '@eventxperts/database';
import { type TestDatabase, testDatabase } from '@eventxperts/database/testing';
import { pino } from 'pino';
import { describeEventBus } from '../event-bus.contract.ts';
import { createPostgresBus } from './postgres-bus.ts';

let database: TestDatabase;

describeEventBus('PostgreSQL', {
  start: async () => {
    database = await testDatabase();
  },
  stop: () => database.drop(),
  create: (topics) =>
    createPostgresBus({ url: database.url, log: pino({ level: 'silent' }), topics }),
  interrupt: async () => {
    const sql = createPool({ url: database.url, max: 1, name: 'judge' });
    await sql.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await sql.end();
  },
});

import { createPool, type SqlTransaction } from '@eventxperts/database';
import { testDatabase } from '@eventxperts/database/testing';
import { pino } from 'pino';
import { expect, vi } from 'vitest';
import { createPostgresBus } from './bus/postgres/postgres-bus.ts';
import { defineHandler, type EventHandler } from './consumer/handler.ts';
import { createMessaging, type Messaging } from './messaging.ts';
import { domainDatabase } from './promises/domain-database.ts';
import { type Change, outcomeOf } from './promises/plan.ts';
import { pgTransact } from './promises/victim/pg-transact.ts';
import { seeThings } from './promises/victim/seen.ts';
import { changeThing } from './promises/victim/thing.ts';
import type { RepublishSource } from './republish.ts';

const log = pino({ level: process.env.MESSAGING_LOG ?? 'silent' });
export const patience = { timeout: 20_000, interval: 20 };

interface DomainOptions {
  readonly domain?: string;
  readonly handlers?: readonly EventHandler[];
  readonly republish?: readonly RepublishSource<SqlTransaction>[];
}

interface Seen {
  readonly id: string;
  readonly version: number;
  readonly value: string;
}

export type TestDomain = Awaited<ReturnType<typeof openTestDomain>>;

/** A domain of things with a database and an event bus of its own, and any number of processes. */
export async function openTestDomain() {
  const database = await domainDatabase();
  const busDatabase = await testDatabase();
  const bus = createPostgresBus({ url: busDatabase.url, log });
  await bus.start();
  const busSql = createPool({ url: busDatabase.url, max: 1, name: 'judge' });
  const sql = createPool({ url: database.url, max: 6, name: 'domain' });
  const started: Messaging[] = [];

  async function change(one: Change): Promise<void> {
    await pgTransact(sql)((tx) => changeThing(tx, one));
    for (const messaging of started) messaging.wake();
  }

  async function seen(): Promise<Seen[]> {
    const { rows } = await sql.query<Seen>(
      'select id, version::int, value, applied_count, out_of_turn from seen order by id',
    );
    return rows;
  }

  return {
    database,
    bus,
    busDatabase,
    sql,
    busSql,
    change,
    async changeAll(plan: readonly Change[]) {
      for (const one of plan) await change(one);
    },
    seen,
    /** Waits until every change of the plan was applied once and in its turn. */
    untilSeen: (plan: readonly Change[]) =>
      vi.waitFor(async () => expect(await seen()).toEqual(seenOnce(plan)), patience),
    async start(options: DomainOptions = {}): Promise<Messaging> {
      const messaging = createMessaging({
        domain: 'users',
        handlers: [defineHandler('user.updated', seeThings)],
        databaseUrl: database.url,
        transact: pgTransact(sql),
        bus,
        log,
        ...options,
      });
      started.push(messaging);
      await messaging.start();
      return messaging;
    },
    async stop() {
      await Promise.all(started.map((messaging) => messaging.stop()));
      await bus.stop();
      await Promise.all([sql.end(), busSql.end()]);
      await Promise.all([database.drop(), busDatabase.drop()]);
    },
  };
}

export const seenOnce = (plan: readonly Change[]) =>
  outcomeOf(plan).map((thing) => ({ ...thing, applied_count: thing.version, out_of_turn: 0 }));

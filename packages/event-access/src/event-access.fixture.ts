import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createPool, type SqlTransaction } from '@eventxperts/database';
import { testDatabase } from '@eventxperts/database/testing';
import type { Role, UserCaller } from '@eventxperts/identity';
import type { Envelope, EventData } from '@eventxperts/messaging';
import { eventAccessHandlers } from './event-access-handlers.ts';

export const organizerId = '01890000-0000-7000-8000-000000000001';

/** A domain's database with nothing but what it knows of events. */
export async function eventAccessDatabase() {
  const database = await testDatabase();
  const pool = createPool({ url: database.url, max: 4, name: 'event-access-test' });
  await pool.query(await readFile(new URL('../sql/event-access.sql', import.meta.url), 'utf8'));
  const tx: SqlTransaction = {
    async $queryRawUnsafe(sql, ...values) {
      const { rows } = await pool.query(sql, values);
      return rows as never;
    },
    async $executeRawUnsafe(sql, ...values) {
      return (await pool.query(sql, values)).rowCount ?? 0;
    },
  };

  return {
    tx,
    /** An event.access-changed as the consumer hands it over. */
    async arrive(
      id: string,
      sequence: number,
      change: Partial<EventData['event.access-changed']> = {},
    ) {
      const [handler] = eventAccessHandlers();
      await handler?.handle(tx, [accessChanged(id, sequence, change)]);
    },
    async stop() {
      await pool.end();
      await database.drop();
    },
  };
}

export type EventAccessDatabase = Awaited<ReturnType<typeof eventAccessDatabase>>;

const accessChanged = (
  id: string,
  sequence: number,
  change: Partial<EventData['event.access-changed']>,
): Envelope => ({
  specversion: '1.0',
  id: `${id}:${sequence}`,
  source: 'urn:eventxperts:events',
  type: 'event.access-changed',
  subject: id,
  time: '2027-01-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  dataschema: 'urn:eventxperts:event:event.access-changed',
  sequence,
  data: {
    id,
    organizerId,
    staff: [],
    status: 'PUBLISHED',
    visibility: 'PRIVATE',
    admission: 'INVITATION',
    capacity: null,
    title: 'కళ్యాణం',
    startsAt: '2027-02-14T13:00:00.000Z',
    endsAt: '2027-02-14T18:00:00.000Z',
    timeZone: 'Asia/Kolkata',
    ...change,
  },
});

/** A UUIDv7 of that time, in milliseconds. */
export function idMadeAt(time = Date.now()): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}

export const userCalled = (id: string, roles: readonly Role[] = ['USER']): UserCaller => ({
  kind: 'user',
  id,
  roles,
  issuer: 'https://issuer.test',
  subject: id,
  profile: {},
  token: id,
  issuedAt: new Date(),
  expiresAt: new Date(Date.now() + 300_000),
});

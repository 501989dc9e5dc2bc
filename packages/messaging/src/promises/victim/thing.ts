import type { SqlTransaction } from '@eventxperts/database';
import type { DomainEvent } from '../../outbox/append-event.ts';
import { appendEvent } from '../../outbox/append-event.ts';
import type { Change } from '../plan.ts';

/** The victim's own table. A thing travels as a user: its value is the display name. */
export const thingTable =
  'create table thing (id uuid primary key, version bigint not null, value text not null)';

const write = `
  insert into thing as t (id, version, value) values ($1::uuid, 1, $2)
  on conflict (id) do update set version = t.version + 1, value = excluded.value
  returning version::text`;

export async function changeThing(tx: SqlTransaction, { key, value }: Change): Promise<void> {
  const [row] = await tx.$queryRawUnsafe<{ version: string }[]>(write, key, value);
  if (row === undefined) throw new Error('The thing was not written.');
  await appendEvent(tx, thingChanged(key, Number(row.version), value));
}

const read = 'select version::text from thing where id = $1::uuid';
const overwrite = `
  insert into thing (id, version, value) values ($1::uuid, $2::bigint, $3)
  on conflict (id) do update set version = excluded.version, value = excluded.value`;

/** The mistake the row lock prevents: between the read and the write another may come. */
export async function changeThingUnlocked(tx: SqlTransaction, { key, value }: Change) {
  const [row] = await tx.$queryRawUnsafe<{ version: string }[]>(read, key);
  const version = Number(row?.version ?? 0) + 1;
  await tx.$executeRawUnsafe(overwrite, key, String(version), value);
  await appendEvent(tx, thingChanged(key, version, value));
}

export const thingChanged = (
  key: string,
  version: number,
  value: string,
): DomainEvent<'user.updated'> => ({
  type: 'user.updated',
  key,
  version,
  source: 'users',
  data: {
    id: key,
    email: 'thing@example.com',
    displayName: value,
    roles: ['USER'],
    status: 'ACTIVE',
    locale: 'te-IN',
    createdAt: '2026-01-01T00:00:00Z',
  },
});

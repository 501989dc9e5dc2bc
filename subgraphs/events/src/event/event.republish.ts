import type { DomainEvent, RepublishSource } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';
import { accessOf, nextVersion, stateOf } from './event.record.ts';

/** Every event's state and guard, told again for projections that missed history. */
export const allEventsAgain: RepublishSource<Prisma.TransactionClient> = {
  async page(tx, after, limit) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select id from event where id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      order by id limit ${limit} for update`;
    const told: DomainEvent[] = [];
    for (const { id } of rows) {
      const stated = await nextVersion(tx, id);
      const guarded = await nextVersion(tx, id);
      told.push(
        {
          source: 'events',
          type: 'event.updated',
          key: id,
          version: stated.version,
          data: stateOf(stated),
        },
        {
          source: 'events',
          type: 'event.access-changed',
          key: id,
          version: guarded.version,
          data: accessOf(guarded),
        },
      );
    }
    return told;
  },
};

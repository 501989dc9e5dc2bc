import type { SqlTransaction } from '@eventxperts/database';
import type { RepublishSource } from '../../republish.ts';
import { thingChanged } from './thing.ts';

const nextPage = `
  with page as (
    select id from thing where $1::uuid is null or id > $1::uuid order by id limit $2 for update
  ), raised as (
    update thing t set version = t.version + 1 from page where t.id = page.id
    returning t.id, t.version::text, t.value
  )
  select * from raised order by id`;

interface ThingRow {
  readonly id: string;
  readonly version: string;
  readonly value: string;
}

export const thingSource: RepublishSource<SqlTransaction> = {
  page: async (tx, after, limit) => {
    const rows = await tx.$queryRawUnsafe<ThingRow[]>(nextPage, after ?? null, limit);
    return rows.map(({ id, version, value }) => thingChanged(id, Number(version), value));
  },
};

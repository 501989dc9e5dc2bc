import { createPrismaAdapter } from '@eventxperts/database';
import { type TestSubgraph, testSubgraph, userNamed } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { marketplace } from '../subgraph.ts';
import { createStoreLoader } from './store.loader.ts';

const owner = userNamed('01890000-0000-7000-8000-000000000001');

let test: TestSubgraph;
beforeAll(async () => {
  test = await testSubgraph(marketplace, {});
});
afterAll(() => test.stop());

it('reads any number of stores in one query', async () => {
  await test.sql.query(
    `insert into store (id, owner_id, name, currency, updated_at)
     select gen_random_uuid(), $1, 'Store ' || number, 'INR', now() from generate_series(1, 30) number`,
    [owner.id],
  );
  const { rows } = await test.sql.query<{ id: string }>('select id from store');
  const prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 1 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  const queries: string[] = [];
  prisma.$on('query', ({ query }) => queries.push(query));
  const loader = createStoreLoader(prisma, owner);

  const loaded = await Promise.all(rows.map(({ id }) => loader.load(id)));
  await prisma.$disconnect();

  expect(loaded.map((store) => store?.id)).toEqual(rows.map(({ id }) => id));
  expect(queries).toHaveLength(1);
});

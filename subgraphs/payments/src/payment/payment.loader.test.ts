import { createPrismaAdapter } from '@eventxperts/database';
import { type TestSubgraph, testSubgraph, userNamed } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { payments } from '../subgraph.ts';
import { createPaymentLoader } from './payment.loader.ts';

const payer = userNamed('01890000-0000-7000-8000-000000000001');

let test: TestSubgraph;
beforeAll(async () => {
  test = await testSubgraph(payments, {});
});
afterAll(() => test.stop());

it('reads any number of payments in one query', async () => {
  await test.sql.query(
    `insert into payment (id, payer_id, checkout_id, amount, currency, provider, updated_at)
     select gen_random_uuid(), $1, gen_random_uuid(), 1, 'INR', 'sandbox', now()
     from generate_series(1, 30)`,
    [payer.id],
  );
  const { rows } = await test.sql.query<{ id: string }>('select id from payment');
  const prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 1 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  const queries: string[] = [];
  prisma.$on('query', ({ query }) => queries.push(query));
  const loader = createPaymentLoader(prisma, payer);

  const loaded = await Promise.all(rows.map(({ id }) => loader.load(id)));
  await prisma.$disconnect();

  expect(loaded.map((payment) => payment?.id)).toEqual(rows.map(({ id }) => id));
  expect(queries).toHaveLength(1);
});

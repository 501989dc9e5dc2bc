import { createPrismaAdapter } from '@eventxperts/database';
import { type TestSubgraph, testSubgraph, userNamed } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { bookings } from '../subgraph.ts';
import { createBookingLoader } from './booking.loader.ts';

const booker = userNamed('01890000-0000-7000-8000-000000000001');

let test: TestSubgraph;
beforeAll(async () => {
  test = await testSubgraph(bookings, {});
});
afterAll(() => test.stop());

it('reads any number of bookings in two queries', async () => {
  await test.sql.query(
    `insert into booking (id, event_id, booker_id, status, quantity, total_price, currency, updated_at)
     select gen_random_uuid(), gen_random_uuid(), $1, 'CONFIRMED', 1, 0, 'INR', now()
     from generate_series(1, 30)`,
    [booker.id],
  );
  const { rows } = await test.sql.query<{ id: string }>('select id from booking');
  const prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 1 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  const queries: string[] = [];
  prisma.$on('query', ({ query }) => queries.push(query));
  const loader = createBookingLoader(prisma, booker);

  const loaded = await Promise.all(rows.map(({ id }) => loader.load(id)));
  await prisma.$disconnect();

  expect(loaded.map((booking) => booking?.id)).toEqual(rows.map(({ id }) => id));
  expect(queries).toHaveLength(2);
});

import { createPrismaAdapter } from '@eventxperts/database';
import {
  knowEvent,
  type TestSubgraph,
  testSubgraph,
  userNamed,
} from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { gallery } from '../subgraph.ts';
import { createGalleryLoaders } from './gallery.loader.ts';

const organizer = userNamed('01890000-0000-7000-8000-000000000001');

let test: TestSubgraph;
beforeAll(async () => {
  test = await testSubgraph(gallery, {});
});
afterAll(() => test.stop());

it('reads any number of galleries in two queries', async () => {
  const eventIds = Array.from({ length: 30 }, () => crypto.randomUUID());
  for (const eventId of eventIds) await knowEvent(test.sql, { eventId, organizerId: organizer.id });
  await test.sql.query(
    'insert into gallery (id, event_id) select gen_random_uuid(), event_id from platform.event_access',
  );
  const prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 1 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  const queries: string[] = [];
  prisma.$on('query', ({ query }) => queries.push(query));
  const loader = createGalleryLoaders(prisma, organizer).byEventId;

  const loaded = await Promise.all(eventIds.map((id) => loader.load(id)));
  await prisma.$disconnect();

  expect(loaded.map((gallery) => gallery?.eventId)).toEqual(eventIds);
  expect(queries).toHaveLength(2);
});

import { createPrismaAdapter } from '@eventxperts/database';
import { anonymous } from '@eventxperts/identity';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createUserLoader } from './user.loader.ts';
import { type UsersDatabase, usersDatabase } from './users.fixture.ts';

let database: UsersDatabase;
beforeAll(async () => {
  database = await usersDatabase();
});
afterAll(() => database.stop());

it('reads any number of references in one query', async () => {
  const organizers = await Promise.all(
    Array.from({ length: 30 }, (_, number) =>
      database.users.create({
        email: `organizer-${number}@example.com`,
        displayName: `Organizer ${number}`,
        passwordHash: 'hash',
        roles: ['ORGANIZER'],
      }),
    ),
  );
  const prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: database.url, poolSize: 2 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  const queries: string[] = [];
  prisma.$on('query', ({ query }) => queries.push(query));

  const loader = createUserLoader(prisma, anonymous);
  const ids = [...organizers, ...organizers].map(({ id }) => id.toUpperCase());
  const loaded = await Promise.all([...ids, 'malformed'].map((id) => loader.load(id)));

  expect(loaded.map((user) => user?.displayName)).toEqual([
    ...[...organizers, ...organizers].map(({ displayName }) => displayName),
    undefined,
  ]);
  expect(queries).toHaveLength(1);
  await prisma.$disconnect();
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { allUsersAgain } from './user.record.ts';
import { type UsersDatabase, usersDatabase } from './users.fixture.ts';

let database: UsersDatabase;
beforeAll(async () => {
  database = await usersDatabase();
});
afterAll(() => database.stop());

const page = (after: string | undefined) =>
  database.prisma.$transaction((tx) => allUsersAgain.page(tx, after, 2));

it('tells of every user again, once and under the next version', async () => {
  const created = [];
  for (const name of ['sita', 'ravi', 'uma', 'hari', 'devi']) {
    created.push(
      await database.users.create({
        email: `${name}@example.com`,
        displayName: name,
        passwordHash: 'hash',
        roles: ['USER'],
      }),
    );
  }
  const told = [];
  for (let next = await page(undefined); next.length > 0; next = await page(next.at(-1)?.key)) {
    told.push(...next);
  }
  expect(told).toMatchObject(
    created.map(({ id, displayName }) => ({
      type: 'user.updated',
      key: id,
      version: 2n,
      data: { displayName, status: 'ACTIVE' },
    })),
  );
});

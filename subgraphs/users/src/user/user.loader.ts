import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { PrismaClient, User } from '../generated/prisma/client.ts';
import { isVisible } from './user.rules.ts';

export type UserLoader = DataLoader<string, User | null>;

/**
 * Loads users for one request, in one query however many are asked for. Who is unknown, malformed or
 * not the caller's to see is null, all alike.
 */
export const createUserLoader = (prisma: Pick<PrismaClient, 'user'>, caller: Caller): UserLoader =>
  new DataLoader((ids) => loadVisible(prisma, caller, ids));

async function loadVisible(
  prisma: Pick<PrismaClient, 'user'>,
  caller: Caller,
  ids: readonly string[],
): Promise<(User | null)[]> {
  // One malformed id would fail the query for all the others.
  const wellFormed = ids.filter((id) => idSchema.safeParse(id).success);
  const found = await prisma.user.findMany({ where: { id: { in: wellFormed } } });
  const visible = new Map(
    found.filter((user) => isVisible(caller, user)).map((user) => [user.id, user]),
  );
  return ids.map((id) => visible.get(id.toLowerCase()) ?? null);
}

import {
  decodeCursor,
  encodeCursor,
  type PageArguments,
  pageOf,
  parseFirst,
} from '@eventxperts/database';
import { parseInput } from '@eventxperts/errors';
import { id as idSchema } from '@eventxperts/graphql';
import type { PrismaClient } from '../generated/prisma/client.ts';

/** An event's invitations in pages. Ids grow with time, so the id alone is order and cursor. */
export async function listInvitations(
  prisma: PrismaClient,
  eventId: string,
  { first, after }: PageArguments,
) {
  const limit = parseFirst(first);
  const [id] = after ? decodeCursor(after, 1) : [];
  const rows = await prisma.invitation.findMany({
    where: { eventId, ...(id ? { id: { gt: parseInput(idSchema, id) } } : {}) },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  return pageOf(rows, limit, ({ id }) => encodeCursor([id]));
}

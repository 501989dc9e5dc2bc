import {
  encodeCursor,
  type PageArguments,
  pageOf,
  parseCursor,
  parseFirst,
} from '@eventxperts/database';
import { parseInput } from '@eventxperts/errors';
import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import { z } from 'zod';
import type { Event as EventRow, Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { type EventsFilter, eventsFilter } from './event.input.ts';

/** Reading events in pages. A cursor is (start, id), so that a page stays true while rows come and go. */
export class EventListService {
  constructor(private readonly prisma: PrismaClient) {}

  async listPublic(input: EventsFilter | null, page: PageArguments) {
    const where: Prisma.EventWhereInput = {
      status: 'PUBLISHED',
      visibility: 'PUBLIC',
      // Sessions are read below their event; between strangers' events they would be noise.
      parentId: null,
      ...conditions(input),
    };
    const [{ nodes, pageInfo }, totalCount] = await Promise.all([
      this.page(where, page),
      this.prisma.event.count({ where }),
    ]);
    return { nodes, pageInfo, totalCount };
  }

  /** To themselves an organizer's events are all there; to others the published public ones. */
  listOrganizedBy(organizerId: string, caller: Caller, page: PageArguments) {
    const isSelf = caller.kind === 'user' && caller.id === organizerId;
    const shown: Prisma.EventWhereInput = isSelf
      ? {}
      : { status: 'PUBLISHED', visibility: 'PUBLIC' };
    return this.page({ organizerId, ...shown }, page);
  }

  private async page(where: Prisma.EventWhereInput, { first, after }: PageArguments) {
    const limit = parseFirst(first);
    const rows = await this.prisma.event.findMany({
      where: after ? { AND: [where, beyond(after)] } : where,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      take: limit + 1,
    });
    return pageOf(rows, limit, cursorOf);
  }
}

const cursorOf = ({ startsAt, id }: EventRow): string => encodeCursor([startsAt.toISOString(), id]);

const position = z.tuple([z.iso.datetime().pipe(z.coerce.date()), idSchema]);

function beyond(after: string): Prisma.EventWhereInput {
  const [startsAt, id] = parseCursor(after, position);
  return { OR: [{ startsAt: { gt: startsAt } }, { startsAt, id: { gt: id } }] };
}

function conditions(input: EventsFilter | null): Prisma.EventWhereInput {
  const { text, from, to, city } = parseInput(eventsFilter, input ?? {});
  return {
    ...(text ? { searchText: { contains: literal(text.toLowerCase()) } } : {}),
    ...(city ? { cityKey: city.toLowerCase() } : {}),
    ...(from || to
      ? { startsAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } }
      : {}),
  };
}

/** Prisma passes `contains` on to LIKE as it is: what the user typed must not act as a pattern. */
const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

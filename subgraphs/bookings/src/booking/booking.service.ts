import { encodeCursor, type Page, pageOf, parseCursor, parseFirst } from '@eventxperts/database';
import { id } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import { z } from 'zod';
import type { Booking, PrismaClient } from '../generated/prisma/client.ts';

interface PageRequest {
  readonly first: number | null;
  readonly after: string | null;
}

export class BookingService {
  constructor(private readonly prisma: PrismaClient) {}

  /**
   * A person's own bookings, newest first; null to anybody else.
   * @throws BAD_USER_INPUT at `first` or `after`.
   */
  async listOfBooker(
    caller: Caller,
    bookerId: string,
    { first, after }: PageRequest,
  ): Promise<Page<Booking> | null> {
    const size = parseFirst(first);
    const before = after === null ? undefined : parseCursor(after, z.tuple([id]))[0];
    if (caller.kind !== 'user' || caller.id !== bookerId) return null;
    const rows = await this.prisma.booking.findMany({
      where: { bookerId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: size + 1,
    });
    return pageOf(rows, size, (row) => encodeCursor([row.id]));
  }
}

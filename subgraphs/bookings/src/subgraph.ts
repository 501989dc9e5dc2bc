import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { eventAccessHandlers } from '@eventxperts/event-access';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import { createBookingLoader } from './booking/booking.loader.ts';
import { BookingResolver } from './booking/booking.resolver.ts';
import { BookingService } from './booking/booking.service.ts';
import { UserBookingsResolver } from './booking/user-bookings.resolver.ts';
import type { BookingsContext } from './context.ts';
import { environment } from './environment.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';

export const bookings = defineSubgraph({
  name: 'bookings',
  environment,
  resolvers: [BookingResolver, UserBookingsResolver],
  references: {
    Booking: ({ id }, { bookings }: BookingsContext) => bookings.load(String(id)),
    User: ({ id }) => ({ id }),
  },

  create(platform) {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: platform.databaseUrl, poolSize: platform.poolSize }),
    });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'bookings',
      platform,
      prisma,
      handlers: [...userStatusHandlers(), ...eventAccessHandlers()],
    });
    const bookingService = new BookingService(prisma);

    return {
      ...store,
      context: ({ caller }): BookingsContext => ({
        caller,
        bookingService,
        bookings: createBookingLoader(prisma, caller),
      }),
    };
  },
});

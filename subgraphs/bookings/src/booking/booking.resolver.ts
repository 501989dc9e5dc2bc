import { Money } from '@eventxperts/graphql';
import { Authenticated } from '@eventxperts/subgraph';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { BookingsContext } from '../context.ts';
import { Event, User } from '../references.ts';
import { Booking } from './booking.type.ts';

@Resolver(() => Booking)
export class BookingResolver {
  @Authenticated()
  @Query(() => Booking, {
    nullable: true,
    description:
      'One booking, to its booker and the staff of its event; null to others. Errors: UNAUTHENTICATED.',
  })
  booking(
    @Arg('id', () => ID, { description: 'The booking’s id.' }) id: string,
    @Ctx() { bookings }: BookingsContext,
  ) {
    return bookings.load(id);
  }

  @FieldResolver(() => Event, { nullable: true, description: 'The event it is for.' })
  event(@Root() { eventId }: Booking): Event {
    return { id: eventId };
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who took the seats.' })
  booker(@Root() { bookerId }: Booking): User {
    return { id: bookerId };
  }

  @FieldResolver(() => Money, { description: 'What all its seats cost together, taxes included.' })
  total(@Root() { totalPrice, currency }: Booking): Money {
    return { amount: Number(totalPrice), currency };
  }
}

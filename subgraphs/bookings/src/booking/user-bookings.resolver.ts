import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { BookingsContext } from '../context.ts';
import { User } from '../references.ts';
import { UserBookingsConnection } from './user-bookings.type.ts';

@Resolver(() => User)
export class UserBookingsResolver {
  @FieldResolver(() => UserBookingsConnection, {
    nullable: true,
    description:
      'This user’s bookings, newest first, to themselves; null to others. Errors: BAD_USER_INPUT (`first` beyond 100, `after` not of this list).',
  })
  bookings(
    @Root() { id }: User,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'Page size, 1 to 100; 20 when left out.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The `endCursor` of the page before.',
    })
    after: string | null,
    @Ctx() { caller, bookingService }: BookingsContext,
  ) {
    return bookingService.listOfBooker(caller, id, { first: first ?? null, after: after ?? null });
  }
}

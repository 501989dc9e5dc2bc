import { PageInfo } from '@eventxperts/graphql';
import { Field, ObjectType } from 'type-graphql';
import { Booking } from './booking.type.ts';

@ObjectType({ description: "A page of a person's own bookings, newest first." })
export class UserBookingsConnection {
  @Field(() => [Booking])
  nodes!: Booking[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

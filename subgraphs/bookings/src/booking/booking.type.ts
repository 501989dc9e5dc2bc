import { DateTime } from '@eventxperts/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { BookingStatus } from '../generated/prisma/enums.ts';

registerEnumType(BookingStatus, {
  name: 'BookingStatus',
  description: 'How far a booking has come.',
  valuesConfig: {
    HELD: { description: 'Seats are set aside until `heldUntil`, and nothing is paid.' },
    CONFIRMED: { description: 'The seats are the booker’s.' },
    REJECTED: { description: 'The seats were gone when the payment arrived; it is given back.' },
    CANCELLED: { description: 'Given up by the booker or the organizer.' },
    EXPIRED: { description: 'The hold ended before it was paid.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Seats that one person took, or holds, for one event.' })
export class Booking {
  @Field(() => ID)
  id!: string;

  @Field(() => BookingStatus, { description: 'How far it has come.' })
  status!: BookingStatus;

  @Field(() => Int, { description: 'How many seats, of whatever kind.' })
  quantity!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the hold ends. Null unless the status is HELD.',
  })
  heldUntil!: Date | null;

  @Field(() => DateTime, { description: 'When the seats were first held.' })
  createdAt!: Date;

  eventId!: string;
  bookerId!: string;
  totalPrice!: bigint;
  currency!: string;
}

import { DateTime, TimeZone } from '@eventxperts/graphql';
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Admission, EventStatus, Visibility } from '../generated/prisma/enums.ts';

registerEnumType(EventStatus, {
  name: 'EventStatus',
  description: 'How far an event has come.',
  valuesConfig: {
    DRAFT: { description: 'Seen by its organizer and staff alone.' },
    PUBLISHED: { description: 'Seen by those whom its visibility allows.' },
    CANCELLED: { description: 'Will not take place; still readable.' },
  },
});

registerEnumType(Visibility, {
  name: 'EventVisibility',
  description: 'Who may see a published event.',
  valuesConfig: {
    PUBLIC: { description: 'Anyone; it is listed.' },
    UNLISTED: { description: 'Anyone who has its id; it is not listed.' },
    PRIVATE: { description: 'Its organizer, its staff and its invited guests.' },
  },
});

registerEnumType(Admission, {
  name: 'EventAdmission',
  description:
    'How people get in, and so which part of the platform counts them against the capacity.',
  valuesConfig: {
    INVITATION: { description: 'By invitation: answers are counted.' },
    TICKETS: { description: 'By ticket: bookings are counted.' },
    OPEN: { description: 'Nobody is counted.' },
  },
});

@ObjectType({ description: 'Where an event takes place.' })
export class Venue {
  @Field(() => String, { description: 'As guests know it, such as `Taj Falaknuma Palace`.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Postal address in one text.' })
  address!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'City, the one that `events(filter:)` compares.',
  })
  city!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north (WGS 84).' })
  latitude!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east (WGS 84).' })
  longitude!: number | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'Anything with a time and people: a wedding, one of its sessions, a concert, a meeting.',
})
export class Event {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'One line, at most 200 characters.' })
  title!: string;

  @Field(() => String, { description: 'Plain text in paragraphs; may be empty.' })
  description!: string;

  @Field(() => EventStatus, { description: 'How far it has come.' })
  status!: EventStatus;

  @Field(() => Visibility, { description: 'Who may see it once it is published.' })
  visibility!: Visibility;

  @Field(() => Admission, { description: 'How people get in.' })
  admission!: Admission;

  @Field(() => Int, { nullable: true, description: 'How many people it takes; null is no limit.' })
  capacity!: number | null;

  @Field(() => DateTime, { description: 'When it begins. Show it in `timeZone`.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'When it ends, later than `startsAt`.' })
  endsAt!: Date;

  @Field(() => TimeZone, { description: 'The zone whose wall clock its guests read.' })
  timeZone!: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;

  // Behind the fields that resolvers add.
  organizerId!: string;
  parentId!: string | null;
  venueName!: string | null;
  venueAddress!: string | null;
  venueCity!: string | null;
  venueLatitude!: number | null;
  venueLongitude!: number | null;
}

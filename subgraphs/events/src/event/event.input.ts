import { DateTime, isTimeZone, line, paragraph, TimeZone } from '@eventxperts/graphql';
import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { Admission, Visibility } from '../generated/prisma/enums.ts';

@InputType({ description: 'Where an event takes place.' })
export class VenueInput {
  @Field(() => String, { description: 'As guests know it; one line, at most 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Postal address, at most 500 characters.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'City, at most 100 characters.' })
  city?: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north, -90 to 90 (WGS 84).' })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, -180 to 180 (WGS 84).' })
  longitude?: number | null;
}

@InputType({ description: 'A new event. It begins as a draft.' })
export class CreateEventInput {
  @Field(() => String, { description: 'One line, at most 200 characters.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Plain text, at most 20,000 characters.' })
  description?: string | null;

  @Field(() => DateTime, { description: 'When it begins.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'When it ends, later than `startsAt`.' })
  endsAt!: Date;

  @Field(() => TimeZone, { description: 'The zone whose wall clock its guests read.' })
  timeZone!: string;

  @Field(() => Visibility, { nullable: true, description: 'PRIVATE when left out.' })
  visibility?: Visibility | null;

  @Field(() => Admission, { nullable: true, description: 'INVITATION when left out.' })
  admission?: Admission | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people it takes, 1 or more; no limit when left out.',
  })
  capacity?: number | null;

  @Field(() => VenueInput, { nullable: true, description: 'Where it takes place.' })
  venue?: VenueInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The event that this one is a session of; the same organizer’s.',
  })
  parentId?: string | null;
}

const venue = z.object({
  name: line(200),
  address: paragraph(500).nullish(),
  city: line(100).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  longitude: z.number().min(-180).max(180).nullish(),
});

const longestDays = 366;

/** CreateEventInput, checked: times in order, a known zone, text that can be stored and mailed. */
export const newEvent = z
  .object({
    title: line(200),
    description: paragraph(20_000).nullish(),
    startsAt: z.date(),
    endsAt: z.date(),
    timeZone: z.string().refine(isTimeZone, 'Must be a time zone of the IANA database.'),
    visibility: z.enum(Visibility).nullish(),
    admission: z.enum(Admission).nullish(),
    capacity: z.int().min(1, 'Must be 1 or more.').max(1_000_000).nullish(),
    venue: venue.nullish(),
    parentId: z.guid('Must be the id of an event.').nullish(),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, {
    path: ['endsAt'],
    message: 'Must be later than startsAt.',
  })
  .refine(({ startsAt, endsAt }) => +endsAt - +startsAt <= longestDays * 86_400_000, {
    path: ['endsAt'],
    message: `Must be within ${longestDays} days of startsAt.`,
  });

export type NewEvent = z.infer<typeof newEvent>;

@InputType({ description: 'Which public events to list. Every condition given must hold.' })
export class EventsFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Part of the title, description or venue; case does not matter.',
  })
  text?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only events that begin at this instant or later.',
  })
  from?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only events that begin before this instant.',
  })
  to?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only events in this city; case does not matter.',
  })
  city?: string | null;
}

export const eventsFilter = z.object({
  text: line(200).nullish(),
  from: z.date().nullish(),
  to: z.date().nullish(),
  city: line(100).nullish(),
});

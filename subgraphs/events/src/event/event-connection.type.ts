import { PageInfo } from '@eventxperts/graphql';
import { Field, Int, ObjectType } from 'type-graphql';
import { Event } from './event.type.ts';

@ObjectType({ description: 'A page of public events, by start.' })
export class EventsConnection {
  @Field(() => [Event])
  nodes!: Event[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many events fit the filter, over all pages.' })
  totalCount!: number;
}

@ObjectType({ description: "A page of an organizer's events, by start." })
export class UserOrganizedEventsConnection {
  @Field(() => [Event])
  nodes!: Event[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

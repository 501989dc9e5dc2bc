import { DateTime } from '@eventxperts/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'The pictures of one event. Every event has one, empty at first.' })
export class Gallery {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTime, { description: 'When the event’s gallery was opened.' })
  createdAt!: Date;

  eventId!: string;
}

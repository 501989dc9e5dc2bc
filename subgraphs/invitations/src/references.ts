import { id as idSchema } from '@eventxperts/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType()
export class Event {
  @Field(() => ID)
  id!: string;
}

/** An event as another subgraph names it; what is no id is none. */
export function referToEvent({ id }: Readonly<Record<string, unknown>>): Event | null {
  const known = idSchema.safeParse(id).data;
  return known === undefined ? null : { id: known };
}

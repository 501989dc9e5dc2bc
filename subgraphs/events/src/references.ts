import { id as idSchema } from '@eventxperts/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string;
}

/** A user as another subgraph names them; what is no id is nobody. */
export function referToUser({ id }: Readonly<Record<string, unknown>>): User | null {
  const known = idSchema.safeParse(id).data;
  return known === undefined ? null : { id: known };
}

/**
 * `eventGrant` is a guest token that invitations signs for this invitation's event: it carries the
 * right to see the event from the domain that knows the guest to the one that owns the event.
 */
@Directive('@key(fields: "id")')
@ObjectType()
export class Invitation {
  @Field(() => ID)
  id!: string;

  @Directive('@external')
  @Field(() => ID)
  eventId!: string;

  @Directive('@external')
  @Field(() => String, { nullable: true })
  eventGrant!: string | null;
}

import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person on an invitation.' })
export class Guest {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The name on the invitation.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where the invitation is sent; null when it is handed over by other means.',
  })
  email!: string | null;

  invitationId!: string;
}

import { DateTime } from '@eventxperts/graphql';
import type { Role } from '@eventxperts/identity';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { RoleEnum } from './role.type.ts';

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A person with an account. Organizers and store owners are visible to everybody, other people to themselves and to administrators.',
})
export class User {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The name to show to others.' })
  displayName!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The address to write to. Null to everybody but the user and administrators, and where the identity provider has confirmed none.',
  })
  email!: string | null;

  @Field(() => [RoleEnum], {
    nullable: true,
    description: 'What the account may do. Null to everybody but the user and administrators.',
  })
  roles!: Role[] | null;

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: Date;
}

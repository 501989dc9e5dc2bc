import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType()
export class Invitation {
  @Field(() => ID)
  id!: string;
}

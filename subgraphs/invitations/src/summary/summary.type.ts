import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'How an event’s invitations were answered, exact at the time of reading.',
})
export class RsvpSummary {
  @Field(() => Int, { description: 'Invitations made and not revoked.' })
  invited!: number;

  @Field(() => Int, { description: 'Invitations without an answer.' })
  pending!: number;

  @Field(() => Int, { description: 'Invitations answered YES.' })
  yes!: number;

  @Field(() => Int, { description: 'Invitations answered NO.' })
  no!: number;

  @Field(() => Int, { description: 'Invitations answered MAYBE.' })
  maybe!: number;

  @Field(() => Int, { description: 'People who come: the head counts of every YES.' })
  headcount!: number;
}

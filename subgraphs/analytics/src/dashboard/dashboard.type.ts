import { DateTime } from '@eventxperts/graphql';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'How an event is doing, for those who run it. Counted from events: it follows the answers within moments.',
})
export class Dashboard {
  @Field(() => Int, { description: 'Invitations made.' })
  invited!: number;

  @Field(() => Int, { description: 'Invitations without an answer.' })
  pending!: number;

  @Field(() => Int, { description: 'Invitations answered YES.' })
  yes!: number;

  @Field(() => Int, { description: 'Invitations answered NO.' })
  no!: number;

  @Field(() => Int, { description: 'Invitations answered MAYBE.' })
  maybe!: number;

  @Field(() => Int, { description: 'People who come: those of every YES together.' })
  headcount!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a figure last changed. Null before the first invitation.',
  })
  updatedAt!: Date | null;
}

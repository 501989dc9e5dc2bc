import { DateTime } from '@eventxperts/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RsvpResponse } from '../generated/prisma/enums.ts';

registerEnumType(RsvpResponse, {
  name: 'RsvpResponse',
  description: 'What a guest answers.',
  valuesConfig: {
    YES: { description: 'Comes; counted against the capacity.' },
    NO: { description: 'Does not come.' },
    MAYBE: { description: 'Does not know yet; not counted against the capacity.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'The answer to one invitation.' })
export class Rsvp {
  @Field(() => ID)
  id!: string;

  @Field(() => RsvpResponse, { description: 'What was answered last.' })
  response!: RsvpResponse;

  @Field(() => Int, { description: 'How many people come, the guest included; 0 for NO.' })
  headcount!: number;

  @Field(() => String, { nullable: true, description: 'A word to the host, plain text.' })
  note!: string | null;

  @Field(() => DateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;

  invitationId!: string;
  eventId!: string;
}

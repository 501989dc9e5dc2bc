import { paragraph } from '@eventxperts/graphql';
import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { RsvpResponse } from '../generated/prisma/enums.ts';

@InputType({ description: 'An answer, given by whoever holds the invitation’s code.' })
export class RsvpInput {
  @Field(() => String, {
    description: 'The code out of the invitation’s link. Send it by POST only.',
  })
  code!: string;

  @Field(() => RsvpResponse, { description: 'The answer.' })
  response!: RsvpResponse;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many people come, the guest included, up to `partySize`; all on the invitation when left out of a YES.',
  })
  headcount?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'A word to the host, at most 2,000 characters.',
  })
  note?: string | null;
}

/** RsvpInput, checked as far as it can be without the invitation. */
export const answer = z.object({
  code: z.string(),
  response: z.enum(RsvpResponse),
  headcount: z.int().min(0, 'Must not be negative.').nullish(),
  note: paragraph(2_000).nullish(),
});

export type Answer = z.infer<typeof answer>;

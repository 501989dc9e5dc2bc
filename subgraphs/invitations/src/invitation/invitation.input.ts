import { email, id, line } from '@eventxperts/graphql';
import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';

@InputType({ description: 'A guest to invite, alone or with a household.' })
export class GuestInput {
  @Field(() => String, { description: 'The name on the invitation, at most 200 characters.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where to send it; when left out the host hands the link over.',
  })
  email?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many unnamed people may come along, 0 to 20; 0 when left out.',
  })
  plusOnesAllowed?: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Names of the others in the household, at most 20: they share this invitation and its one answer.',
  })
  household?: string[] | null;
}

@InputType({ description: 'Whom to invite to what.' })
export class InviteGuestsInput {
  @Field(() => ID, { description: 'An event that the caller manages.' })
  eventId!: string;

  @Field(() => [GuestInput], {
    description: 'One invitation is made for each, at most 500 at a time: all or none.',
  })
  guests!: GuestInput[];
}

const guest = z.object({
  name: line(200),
  email: email.nullish(),
  plusOnesAllowed: z.int().min(0, 'Must not be negative.').max(20).nullish(),
  household: z.array(line(200)).max(20).nullish(),
});

export type NewGuest = z.infer<typeof guest>;

/** InviteGuestsInput, checked: an address stands in it once at most. */
export const newInvitations = z
  .object({ eventId: id, guests: z.array(guest).min(1, 'Name at least one guest.').max(500) })
  .superRefine(({ guests }, context) => {
    const seen = new Set<string>();
    guests.forEach(({ email }, index) => {
      if (!email) return;
      if (seen.has(email)) {
        context.addIssue({
          code: 'custom',
          path: ['guests', index, 'email'],
          message: 'Stands in this list twice.',
        });
      }
      seen.add(email);
    });
  });

import { CodedError, notFound } from '@eventxperts/errors';
import { may } from '@eventxperts/event-access';
import { id as idSchema } from '@eventxperts/graphql';
import type { LiveUpdate } from '@eventxperts/live';
import { Authenticated } from '@eventxperts/subgraph';
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import type { InvitationsContext } from '../context.ts';
import { Guest } from '../guest/guest.type.ts';
import { Invitation } from '../invitation/invitation.type.ts';
import { Event } from '../references.ts';
import { RsvpInput } from './rsvp.input.ts';
import { Rsvp } from './rsvp.type.ts';

@Resolver(() => Rsvp)
export class RsvpResolver {
  @Mutation(() => Rsvp, {
    description:
      'Answers an invitation, or changes the answer, by its code alone. Errors: NOT_FOUND (unknown or revoked code), BAD_USER_INPUT (`headcount` beyond the invitation), SOLD_OUT (capacity), CONFLICT (cancelled or over).',
  })
  async rsvp(
    @Arg('input', () => RsvpInput, { description: 'The answer.' }) input: RsvpInput,
    @Ctx() { rsvpService, opened, invitations, rsvps }: InvitationsContext,
  ) {
    const rsvp = await rsvpService.answer(input);
    opened.add(rsvp.invitationId);
    // One operation may answer twice: what was loaded after the first answer is out of date.
    invitations.clear(rsvp.invitationId);
    rsvps.clear(rsvp.invitationId);
    return rsvp;
  }

  @Authenticated()
  @Subscription(() => Rsvp, {
    description:
      'Answers to an event as they are given, for those who manage it. Errors: UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.',
    subscribe: ({
      args,
      context,
    }: SubscribeResolverData<unknown, { eventId: unknown }, InvitationsContext>) => {
      const eventId = idSchema.safeParse(args.eventId);
      if (!eventId.success) throw notFound('Event');
      return context.subscribeRsvps(context.caller, eventId.data);
    },
  })
  async rsvpUpdated(
    @Root() { payload }: LiveUpdate,
    @Arg('eventId', () => ID, { description: 'The event to watch.' }) eventId: string,
    @Ctx() { caller, access }: InvitationsContext,
  ) {
    // Asked again for every answer: a co-host may have been taken off the event meanwhile.
    const event = await access.load(eventId.toLowerCase());
    if (!event || !may(caller, event, 'manage')) throw new CodedError('FORBIDDEN');
    return payload;
  }

  @FieldResolver(() => Guest, { nullable: true, description: 'Who was written to.' })
  async guest(@Root() { invitationId }: Rsvp, @Ctx() { guests }: InvitationsContext) {
    const [guest] = await guests.load(invitationId);
    return guest ?? null;
  }

  @FieldResolver(() => Invitation, { nullable: true, description: 'What it answers.' })
  invitation(@Root() { invitationId }: Rsvp, @Ctx() { invitations }: InvitationsContext) {
    return invitations.load(invitationId);
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event. A guest without an account reads it by `invitation { event }`.',
  })
  event(@Root() { eventId }: Rsvp): Event {
    return { id: eventId };
  }
}

import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { EventsContext } from '../context.ts';
import { Invitation } from '../references.ts';
import { Event } from './event.type.ts';

@Resolver(() => Invitation)
export class InvitedEventResolver {
  @Directive('@requires(fields: "eventId eventGrant")')
  @FieldResolver(() => Event, {
    nullable: true,
    description: 'What the guest is invited to, as far as the invitation opens it.',
  })
  event(@Root() { eventId, eventGrant }: Invitation, @Ctx() context: EventsContext) {
    return context.loadInvitedEvent(eventId, eventGrant);
  }
}

import { may } from '@eventxperts/event-access';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { InvitationsContext } from '../context.ts';
import { Event } from '../references.ts';
import { RsvpSummary } from './summary.type.ts';

@Resolver(() => Event)
export class EventSummaryResolver {
  @FieldResolver(() => RsvpSummary, {
    nullable: true,
    description: 'The answers so far; null to whoever does not manage the event.',
  })
  async rsvpSummary(
    @Root() { id }: Event,
    @Ctx() { caller, access, summaries }: InvitationsContext,
  ) {
    if (caller.kind !== 'user') return null;
    const event = await access.load(id);
    return event && may(caller, event, 'manage') ? summaries.load(id) : null;
  }
}

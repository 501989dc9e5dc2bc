import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { InvitationsContext } from '../context.ts';
import { Event } from '../references.ts';
import { EventInvitationsConnection } from './invitation.type.ts';

@Resolver(() => Event)
export class EventInvitationsResolver {
  @FieldResolver(() => EventInvitationsConnection, {
    nullable: true,
    description: 'Its invitations in the order they were made; null to whoever does not manage it.',
  })
  invitations(
    @Root() { id }: Event,
    @Arg('first', () => Int, {
      nullable: true,
      description: 'Page size, 1 to 100; 20 when left out.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The `endCursor` of the page before.',
    })
    after: string | null,
    @Ctx() { listInvitations }: InvitationsContext,
  ) {
    return listInvitations(id, { first, after });
  }
}

import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { EventsContext } from '../context.ts';
import { User } from '../references.ts';
import { UserOrganizedEventsConnection } from './event-connection.type.ts';

@Resolver(() => User)
export class OrganizedEventsResolver {
  @FieldResolver(() => UserOrganizedEventsConnection, {
    description:
      'Events that this user runs, by start: all of them to themselves, the published public ones to others.',
  })
  organizedEvents(
    @Root() { id }: User,
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
    @Ctx() { caller, eventList }: EventsContext,
  ) {
    return eventList.listOrganizedBy(id, caller, { first, after });
  }
}

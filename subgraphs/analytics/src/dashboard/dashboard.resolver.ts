import { Authenticated } from '@eventxperts/subgraph';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { AnalyticsContext } from '../context.ts';
import { Event } from '../references.ts';
import { Dashboard } from './dashboard.type.ts';

@Resolver(() => Event)
export class DashboardResolver {
  @Authenticated()
  @Query(() => Dashboard, {
    nullable: true,
    description:
      'How an event is doing, to its organizer and co-hosts; null to others. Errors: UNAUTHENTICATED.',
  })
  dashboard(
    @Arg('eventId', () => ID, { description: 'The event’s id.' }) eventId: string,
    @Ctx() { dashboards }: AnalyticsContext,
  ) {
    return dashboards.load(eventId);
  }

  @FieldResolver(() => Dashboard, {
    name: 'dashboard',
    nullable: true,
    description: 'How it is doing, to its organizer and co-hosts; null to others.',
  })
  dashboardOfEvent(@Root() { id }: Event, @Ctx() { dashboards }: AnalyticsContext) {
    return dashboards.load(id);
  }
}

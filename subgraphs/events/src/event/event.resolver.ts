import { Authenticated, RequiresScopes } from '@eventxperts/subgraph';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { EventsContext } from '../context.ts';
import { User } from '../references.ts';
import { CreateEventInput, EventsFilter } from './event.input.ts';
import { venueOf } from './event.rules.ts';
import { Event, Venue } from './event.type.ts';
import { EventsConnection } from './event-connection.type.ts';

@Resolver(() => Event)
export class EventResolver {
  @Query(() => Event, {
    nullable: true,
    description: 'One event. Null when there is none, or when the caller may not know of it.',
  })
  event(
    @Arg('id', () => ID, { description: 'The event’s id.' }) id: string,
    @Ctx() { events }: EventsContext,
  ) {
    return events.load(id);
  }

  @Query(() => EventsConnection, {
    description:
      'Published public events by start. Errors: BAD_USER_INPUT (filter, `first` beyond 100, `after` not of this list).',
  })
  events(
    @Arg('filter', () => EventsFilter, { nullable: true, description: 'All when left out.' })
    filter: EventsFilter | null,
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
    @Ctx() { eventList }: EventsContext,
  ) {
    return eventList.listPublic(filter, { first, after });
  }

  @RequiresScopes([['role:ORGANIZER'], ['role:SUPER_ADMIN']])
  @Mutation(() => Event, {
    description:
      'Makes a draft that the caller organizes. Errors: UNAUTHENTICATED, FORBIDDEN (not an organizer), BAD_USER_INPUT, NOT_FOUND (parentId), CONFLICT (a session of a cancelled event).',
  })
  createEvent(
    @Arg('input', () => CreateEventInput, { description: 'The event.' }) input: CreateEventInput,
    @Ctx() { caller, idempotencyKey, eventService }: EventsContext,
    @Info() { path }: GraphQLResolveInfo,
  ) {
    const key = idempotencyKey;
    return eventService.create({ caller, key, field: String(path.key), input });
  }

  @Authenticated()
  @Mutation(() => Event, {
    description:
      'Opens a draft to those whom its visibility allows. Publishing it again changes nothing. Errors: UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT (cancelled).',
  })
  publishEvent(
    @Arg('id', () => ID, { description: 'The event’s id.' }) id: string,
    @Ctx() { caller, eventService }: EventsContext,
  ) {
    return eventService.publish(caller, id);
  }

  @Authenticated()
  @Mutation(() => Event, {
    description:
      'Calls an event off. Cancelling it again changes nothing. Errors: UNAUTHENTICATED, FORBIDDEN, NOT_FOUND.',
  })
  cancelEvent(
    @Arg('id', () => ID, { description: 'The event’s id.' }) id: string,
    @Ctx() { caller, eventService }: EventsContext,
  ) {
    return eventService.cancel(caller, id);
  }

  @FieldResolver(() => Venue, { nullable: true, description: 'Where it takes place.' })
  venue(@Root() event: Event): Venue | null {
    return venueOf(event);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who runs it.' })
  organizer(@Root() { organizerId }: Event): User {
    return { id: organizerId };
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event that this one is a session of.',
  })
  parent(@Root() { parentId }: Event, @Ctx() { events }: EventsContext) {
    return parentId ? events.load(parentId) : null;
  }

  @FieldResolver(() => [Event], {
    description:
      'Its parts that people answer one by one, such as mehendi and reception; at most 100, by start.',
  })
  sessions(@Root() { id }: Event, @Ctx() { sessions }: EventsContext) {
    return sessions.load(id);
  }
}

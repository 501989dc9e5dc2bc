import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { GalleryContext } from '../context.ts';
import { Event } from '../references.ts';
import { Gallery } from './gallery.type.ts';

@Resolver(() => Gallery)
export class GalleryResolver {
  @Query(() => Gallery, {
    nullable: true,
    description: 'The gallery of an event. Null when the caller may not know of the event.',
  })
  gallery(
    @Arg('eventId', () => ID, { description: 'The event’s id.' }) eventId: string,
    @Ctx() { galleries }: GalleryContext,
  ) {
    return galleries.byEventId.load(eventId);
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event whose pictures these are.',
  })
  event(@Root() { eventId }: Gallery): Event {
    return { id: eventId };
  }
}

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GalleryContext } from '../context.ts';
import { Event } from '../references.ts';
import { Gallery } from './gallery.type.ts';

@Resolver(() => Event)
export class EventGalleryResolver {
  @FieldResolver(() => Gallery, {
    nullable: true,
    description: 'Its pictures. Null for a moment after the event was created.',
  })
  gallery(@Root() { id }: Event, @Ctx() { galleries }: GalleryContext) {
    return galleries.byEventId.load(id);
  }
}

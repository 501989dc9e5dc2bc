import { loadEventAccess } from '@eventxperts/event-access';
import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { Gallery, PrismaClient } from '../generated/prisma/client.ts';
import { isVisible } from './gallery.rules.ts';

export type GalleryLoader = DataLoader<string, Gallery | null>;

/** Galleries for one request; null where there is none or the caller may not see it. */
export interface GalleryLoaders {
  readonly byId: GalleryLoader;
  readonly byEventId: GalleryLoader;
}

export const createGalleryLoaders = (prisma: PrismaClient, caller: Caller): GalleryLoaders => ({
  byId: createLoader(prisma, caller, 'id'),
  byEventId: createLoader(prisma, caller, 'eventId'),
});

const createLoader = (prisma: PrismaClient, caller: Caller, key: 'id' | 'eventId') =>
  new DataLoader<string, Gallery | null>(async (keys) => {
    const ids = keys.map((value) => idSchema.safeParse(value).data);
    const known = ids.filter((id) => id !== undefined);
    const galleries = await loadVisible(prisma, caller, { [key]: { in: known } });
    const byKey = new Map(galleries.map((gallery) => [gallery[key], gallery]));
    return ids.map((id) => byKey.get(id ?? '') ?? null);
  });

async function loadVisible(
  prisma: PrismaClient,
  caller: Caller,
  where: { id?: { in: string[] }; eventId?: { in: string[] } },
): Promise<Gallery[]> {
  const galleries = await prisma.gallery.findMany({ where });
  const events = await loadEventAccess(
    prisma,
    galleries.map(({ eventId }) => eventId),
  );
  return galleries.filter(({ eventId }) => isVisible(events.get(eventId), caller));
}

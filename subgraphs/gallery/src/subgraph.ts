import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { eventAccessHandlers } from '@eventxperts/event-access';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import type { GalleryContext } from './context.ts';
import { environment } from './environment.ts';
import { onEventAccessChanged } from './events/on-event-access-changed.ts';
import { EventGalleryResolver } from './gallery/event-gallery.resolver.ts';
import { createGalleryLoaders } from './gallery/gallery.loader.ts';
import { GalleryResolver } from './gallery/gallery.resolver.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';

export const gallery = defineSubgraph({
  name: 'gallery',
  environment,
  resolvers: [GalleryResolver, EventGalleryResolver],
  references: {
    Gallery: ({ id }, { galleries }: GalleryContext) => galleries.byId.load(String(id)),
    Event: ({ id }) => ({ id }),
  },

  create(platform) {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: platform.databaseUrl, poolSize: platform.poolSize }),
    });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'gallery',
      platform,
      prisma,
      handlers: [...userStatusHandlers(), ...eventAccessHandlers(), onEventAccessChanged],
    });

    return {
      ...store,
      context: ({ caller }): GalleryContext => ({
        caller,
        galleries: createGalleryLoaders(prisma, caller),
      }),
    };
  },
});

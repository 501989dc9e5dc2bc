import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { eventAccessHandlers } from '@eventxperts/event-access';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import type { MarketplaceContext } from './context.ts';
import { environment } from './environment.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';
import { createStoreLoader } from './store/store.loader.ts';
import { StoreResolver } from './store/store.resolver.ts';

export const marketplace = defineSubgraph({
  name: 'marketplace',
  environment,
  resolvers: [StoreResolver],
  references: {
    Store: ({ id }, { stores }: MarketplaceContext) => stores.load(String(id)),
  },

  create(platform) {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: platform.databaseUrl, poolSize: platform.poolSize }),
    });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'marketplace',
      platform,
      prisma,
      handlers: [...userStatusHandlers(), ...eventAccessHandlers()],
    });

    return {
      ...store,
      context: ({ caller }): MarketplaceContext => ({
        caller,
        stores: createStoreLoader(prisma, caller),
      }),
    };
  },
});

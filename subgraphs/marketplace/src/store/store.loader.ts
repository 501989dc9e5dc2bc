import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { PrismaClient, Store } from '../generated/prisma/client.ts';
import { isVisible } from './store.rules.ts';

/** Stores by id for one request; null where there is none or the caller may not know of it. */
export const createStoreLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, Store | null>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const stores = await prisma.store.findMany({
      where: { id: { in: ids.filter((id) => id !== undefined) } },
    });
    const visible = stores.filter((store) => isVisible(store, caller));
    const byId = new Map(visible.map((store) => [store.id, store]));
    return ids.map((id) => byId.get(id ?? '') ?? null);
  });

export type StoreLoader = ReturnType<typeof createStoreLoader>;

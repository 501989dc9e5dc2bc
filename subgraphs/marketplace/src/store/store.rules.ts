import type { Caller } from '@eventxperts/identity';
import type { Store } from '../generated/prisma/client.ts';

/** All see an open store; one that is not open, its owner alone. */
export function isVisible(store: Pick<Store, 'ownerId' | 'status'>, caller: Caller): boolean {
  if (store.status === 'OPEN') return true;
  if (caller.kind !== 'user') return false;
  return caller.id === store.ownerId || caller.roles.includes('SUPER_ADMIN');
}

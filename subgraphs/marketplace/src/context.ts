import type { BaseContext } from '@eventxperts/subgraph';
import type { StoreLoader } from './store/store.loader.ts';

/** What a resolver of this domain has at hand: the loaders of the request. */
export interface MarketplaceContext extends BaseContext {
  readonly stores: StoreLoader;
}

import type { BaseContext } from '@eventxperts/subgraph';
import type { GalleryLoaders } from './gallery/gallery.loader.ts';

/** What a resolver of this domain has at hand: the loaders of the request. */
export interface GalleryContext extends BaseContext {
  readonly galleries: GalleryLoaders;
}

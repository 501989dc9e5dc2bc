export { type Domain, domains, type Outside } from './domains.ts';
export { migrationsDir } from './repository.ts';
export { openKeys } from './standalone/keys.ts';
export {
  type Supergraph,
  type SupergraphOptions,
  startSupergraph,
} from './standalone/supergraph.ts';

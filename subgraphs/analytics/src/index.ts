export { analytics } from './subgraph.ts';

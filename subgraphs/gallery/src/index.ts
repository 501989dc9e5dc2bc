export { gallery } from './subgraph.ts';

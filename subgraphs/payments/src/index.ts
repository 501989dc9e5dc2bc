export { payments } from './subgraph.ts';

export { marketplace } from './subgraph.ts';

export { invitations } from './subgraph.ts';

export { bookings } from './subgraph.ts';

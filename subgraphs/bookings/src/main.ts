import { serveSubgraph } from '@eventxperts/subgraph';
import { bookings } from './subgraph.ts';

await serveSubgraph(bookings);

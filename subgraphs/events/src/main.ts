import { serveSubgraph } from '@eventxperts/subgraph';
import { events } from './subgraph.ts';

await serveSubgraph(events);

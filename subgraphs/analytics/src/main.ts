import { serveSubgraph } from '@eventxperts/subgraph';
import { analytics } from './subgraph.ts';

await serveSubgraph(analytics);

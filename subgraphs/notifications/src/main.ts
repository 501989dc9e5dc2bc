import { serveSubgraph } from '@eventxperts/subgraph';
import { notifications } from './subgraph.ts';

await serveSubgraph(notifications);

import { serveSubgraph } from '@eventxperts/subgraph';
import { payments } from './subgraph.ts';

await serveSubgraph(payments);

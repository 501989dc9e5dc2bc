import { serveSubgraph } from '@eventxperts/subgraph';
import { marketplace } from './subgraph.ts';

await serveSubgraph(marketplace);

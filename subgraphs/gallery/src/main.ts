import { serveSubgraph } from '@eventxperts/subgraph';
import { gallery } from './subgraph.ts';

await serveSubgraph(gallery);

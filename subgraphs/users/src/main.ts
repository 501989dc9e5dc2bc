import { serveSubgraph } from '@eventxperts/subgraph';
import { users } from './subgraph.ts';

await serveSubgraph(users);

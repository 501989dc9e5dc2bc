import { serveSubgraph } from '@eventxperts/subgraph';
import { invitations } from './subgraph.ts';

await serveSubgraph(invitations);

import { z } from 'zod';

/** analytics needs nothing of its own beyond what every subgraph has. */
export const environment = z.object({});

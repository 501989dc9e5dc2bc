import { z } from 'zod';

/** events needs nothing of its own beyond what every subgraph has. */
export const environment = z.object({});

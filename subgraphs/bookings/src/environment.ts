import { z } from 'zod';

/** bookings needs nothing of its own beyond what every subgraph has. */
export const environment = z.object({});

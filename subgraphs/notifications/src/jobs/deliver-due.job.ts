import type { Job } from '@eventxperts/subgraph';
import type { DeliveryService } from '../notification/delivery.service.ts';

/** Retries, and mails whose process died: what is new is delivered at once, without waiting for this. */
export const deliverDueJob = (delivery: DeliveryService): Job => ({
  name: 'deliver-due',
  everyMs: 2_000,
  run: () => delivery.deliverDue(),
});

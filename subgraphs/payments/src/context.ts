import type { BaseContext } from '@eventxperts/subgraph';
import type { PaymentLoader } from './payment/payment.loader.ts';

/** What a resolver of this domain has at hand: the loaders of the request. */
export interface PaymentsContext extends BaseContext {
  readonly payments: PaymentLoader;
}

import type { Caller } from '@eventxperts/identity';
import type { Payment } from '../generated/prisma/client.ts';

/** A payment is between the payer and the platform. */
export function isVisible(payment: Pick<Payment, 'payerId'>, caller: Caller): boolean {
  if (caller.kind !== 'user') return false;
  return caller.id === payment.payerId || caller.roles.includes('SUPER_ADMIN');
}

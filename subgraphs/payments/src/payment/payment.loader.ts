import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { Payment, PrismaClient } from '../generated/prisma/client.ts';
import { isVisible } from './payment.rules.ts';

/** Payments by id for one request; null where there is none or the caller may not know of it. */
export const createPaymentLoader = (prisma: PrismaClient, caller: Caller) =>
  new DataLoader<string, Payment | null>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const payments = await prisma.payment.findMany({
      where: { id: { in: ids.filter((id) => id !== undefined) } },
    });
    const visible = payments.filter((payment) => isVisible(payment, caller));
    const byId = new Map(visible.map((payment) => [payment.id, payment]));
    return ids.map((id) => byId.get(id ?? '') ?? null);
  });

export type PaymentLoader = ReturnType<typeof createPaymentLoader>;

import 'reflect-metadata';
import { createPrismaAdapter } from '@eventxperts/database';
import { eventAccessHandlers } from '@eventxperts/event-access';
import { userStatusHandlers } from '@eventxperts/identity';
import { createDomainStore, defineSubgraph } from '@eventxperts/subgraph';
import type { PaymentsContext } from './context.ts';
import { environment } from './environment.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';
import { createPaymentLoader } from './payment/payment.loader.ts';
import { PaymentResolver } from './payment/payment.resolver.ts';

export const payments = defineSubgraph({
  name: 'payments',
  environment,
  resolvers: [PaymentResolver],
  references: {
    Payment: ({ id }, { payments }: PaymentsContext) => payments.load(String(id)),
  },

  create(platform) {
    const prisma = new PrismaClient({
      adapter: createPrismaAdapter({ url: platform.databaseUrl, poolSize: platform.poolSize }),
    });
    const store = createDomainStore<Prisma.TransactionClient, PrismaClient>({
      domain: 'payments',
      platform,
      prisma,
      handlers: [...userStatusHandlers(), ...eventAccessHandlers()],
    });

    return {
      ...store,
      context: ({ caller }): PaymentsContext => ({
        caller,
        payments: createPaymentLoader(prisma, caller),
      }),
    };
  },
});

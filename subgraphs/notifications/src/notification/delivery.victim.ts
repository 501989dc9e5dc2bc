// A process that delivers what is due, once, and may be killed at any moment.
import { createPrismaAdapter, createTransact } from '@eventxperts/database';
import { jwkVariable } from '@eventxperts/identity';
import { pino } from 'pino';
import { z } from 'zod';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { createOutboxFolder } from '../mail/folder.adapter.ts';
import { createDelivery } from './delivery.service.ts';
import { createInvitationMail } from './invitation-mail.service.ts';

const { DATABASE_URL, FOLDER, PRIVATE_KEY } = z
  .object({ DATABASE_URL: z.url(), FOLDER: z.string(), PRIVATE_KEY: jwkVariable })
  .parse(process.env);

const prisma = new PrismaClient({
  adapter: createPrismaAdapter({ url: DATABASE_URL, poolSize: 1 }),
});
const delivery = createDelivery({
  store: { prisma, transaction: createTransact<Prisma.TransactionClient>(prisma) },
  mail: createOutboxFolder({
    folder: FOLDER,
    from: { name: 'EventXperts', address: 'invitations@eventxperts.example' },
  }),
  compose: createInvitationMail({
    privateKey: PRIVATE_KEY,
    linkTemplate: 'https://guests.test/{code}',
  }),
  log: pino({ level: 'silent' }),
});
await delivery.deliverDue();
await delivery.stop();
await prisma.$disconnect();
process.disconnect?.();

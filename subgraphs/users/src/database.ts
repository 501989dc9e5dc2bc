import { createPrismaAdapter } from '@eventxperts/database';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';

export type Transaction = Prisma.TransactionClient;
export type Transact = <R>(run: (tx: Transaction) => Promise<R>) => Promise<R>;

export { PrismaClient };

export const createPrismaClient = (connection: { url: string; poolSize: number }): PrismaClient =>
  new PrismaClient({ adapter: createPrismaAdapter(connection) });

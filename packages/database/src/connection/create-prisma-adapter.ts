import { PrismaPg } from '@prisma/adapter-pg';

export interface PrismaAdapterOptions {
  readonly url: string;
  /** The most connections open at once. Three a domain serve as many requests as ten. */
  readonly poolSize: number;
}

/** What `new PrismaClient({ adapter })` takes: Prisma over node-postgres. */
export const createPrismaAdapter = ({ url, poolSize }: PrismaAdapterOptions): PrismaPg =>
  new PrismaPg(
    {
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: 10_000,
      // A transaction whose process hangs keeps its row locks, and dead rows pile up behind it.
      idle_in_transaction_session_timeout: 30_000,
    },
    // Lost connections leave the pool; without a listener they would end Node.
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );

import { createTransact, type SqlTransaction } from '@eventxperts/database';
import { createRevocation, type Revocation } from '@eventxperts/identity';
import {
  createMessaging,
  type EventHandler,
  type Messaging,
  type RepublishSource,
} from '@eventxperts/messaging';
import type { Job, Platform } from './define-subgraph.ts';

/** The part of a generated Prisma client that the platform drives. */
interface Client<Tx> {
  $transaction<R>(
    run: (tx: Tx) => Promise<R>,
    options?: { maxWait?: number; timeout?: number },
  ): Promise<R>;
  $queryRawUnsafe<R = unknown>(sql: string, ...values: unknown[]): Promise<R>;
  $disconnect(): Promise<void>;
}

export interface DomainStore<Tx, Prisma> {
  readonly prisma: Prisma;
  readonly messaging: Messaging;
  readonly revocation: Revocation;
  /**
   * Runs one mutation's work in one transaction, again after a deadlock or a serialization failure,
   * and wakes the relay after the commit. `run` may be called more than once: side effects outside
   * the database belong after it.
   */
  transaction<R>(run: (tx: Tx) => Promise<R>): Promise<R>;
  /** Forgets idempotency keys after a day. */
  readonly janitor: Job;
  start(): Promise<void>;
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

interface DomainStoreOptions<Tx extends SqlTransaction, Prisma extends Client<Tx>> {
  readonly domain: string;
  readonly platform: Pick<Platform<unknown>, 'databaseUrl' | 'bus' | 'log'>;
  readonly prisma: Prisma;
  readonly handlers: readonly EventHandler<Tx>[];
  /** How the domain's current state is told again; without it `republish` tells nothing. */
  readonly republish?: readonly RepublishSource<Tx>[];
  /** Called after each commit, beside the relay's wake. */
  readonly afterCommit?: () => void;
}

/** A domain's database with its outbox and inbox: what every `subgraph.ts` stands on. */
export function createDomainStore<Tx extends SqlTransaction, Prisma extends Client<Tx>>({
  domain,
  platform: { databaseUrl, bus, log },
  prisma,
  handlers,
  republish = [],
  afterCommit,
}: DomainStoreOptions<Tx, Prisma>): DomainStore<Tx, Prisma> {
  const transact = createTransact<Tx>(prisma);
  const transaction = async <R>(run: (tx: Tx) => Promise<R>): Promise<R> => {
    const result = await transact(run);
    messaging.wake();
    afterCommit?.();
    return result;
  };
  const messaging = createMessaging<Tx>({
    domain,
    databaseUrl,
    transact: transaction,
    bus,
    handlers,
    republish,
    log,
  });

  return {
    prisma,
    messaging,
    revocation: createRevocation({ database: prisma }),
    transaction,
    janitor: {
      name: 'forget idempotency keys',
      everyMs: 600_000,
      async run() {
        await prisma.$queryRawUnsafe(
          `delete from platform.idempotency where created_at < now() - interval '1 day'`,
        );
      },
    },
    start: () => messaging.start(),
    async ready() {
      const answers = prisma.$queryRawUnsafe('select 1').then(
        () => true,
        () => false,
      );
      return (await answers) && (await messaging.ready());
    },
    async stop() {
      await messaging.stop();
      await prisma.$disconnect();
    },
  };
}

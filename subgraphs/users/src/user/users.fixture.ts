import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createPrismaAdapter, createTransact } from '@eventxperts/database';
import { testDatabase } from '@eventxperts/database/testing';
import { generatePlatformKeys, type PlatformKeys } from '@eventxperts/identity';
import { pino } from 'pino';
import { environment, type UsersConfig } from '../environment.ts';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { createUserService, type UserService } from './user.service.ts';

export const log = pino({ level: 'silent' });

const migrationsDir = fileURLToPath(
  new URL('../../../../prisma/users/migrations', import.meta.url),
);

let keys: Promise<PlatformKeys> | undefined;

export async function usersConfig(variables: Record<string, string> = {}): Promise<UsersConfig> {
  keys ??= generatePlatformKeys();
  return environment.parse({ ...(await keys), ...variables });
}

/** The users' own database, as a deployment has it. */
export async function usersDatabase() {
  const database = await testDatabase({ migrationsDir });
  const adapter = createPrismaAdapter({ url: database.url, poolSize: 8 });
  const prisma = new PrismaClient({ adapter });
  const transaction = createTransact<Prisma.TransactionClient>(prisma);
  const users: UserService = createUserService({ prisma, transaction });
  return {
    url: database.url,
    prisma,
    users,
    /** What the relay would publish, oldest first. */
    async outbox(): Promise<Record<string, unknown>[]> {
      const rows = await prisma.$queryRaw<{ body: string }[]>`
        SELECT body FROM platform.outbox ORDER BY seq`;
      return rows.map(({ body }) => JSON.parse(body));
    },
    async stop() {
      await prisma.$disconnect();
      await database.drop();
    },
  };
}

export type UsersDatabase = Awaited<ReturnType<typeof usersDatabase>>;

export interface HttpFace {
  readonly url: string;
  handler: Parameters<typeof createServer>[1];
  stop(): Promise<void>;
}

/** An address that is known before what answers there: an issuer is named after its address. */
export async function httpFace(): Promise<HttpFace> {
  const server = createServer((request, response) => face.handler?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const face: HttpFace = {
    url: `http://127.0.0.1:${port}`,
    handler: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return face;
}

import type { Transact } from '@eventxperts/database';
import { CodedError } from '@eventxperts/errors';
import type { Role, UserCaller } from '@eventxperts/identity';
import { v7 as uuidv7 } from 'uuid';
import { Prisma, type PrismaClient, type User } from '../generated/prisma/client.ts';
import { outsideProfile } from './user.input.ts';
import { appendUserEvent } from './user.record.ts';

export interface NewUser {
  /** In lower case. */
  readonly email: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
}

export interface UserService {
  /** @throws CodedError CONFLICT with field `email` when the address has an account. */
  create(user: NewUser): Promise<User>;
  /** The account with this address that may sign in. */
  findByEmail(email: string): Promise<User | null>;
  findActive(id: string): Promise<User | null>;
  /**
   * The user whom an outside issuer vouches for. The first request of a new one makes the row, and
   * however many come at once, one makes it and one event tells of it.
   */
  ensure(caller: UserCaller): Promise<User | null>;
}

export function createUserService(options: {
  readonly prisma: PrismaClient;
  readonly transaction: Transact<Prisma.TransactionClient>;
}): UserService {
  const { prisma, transaction } = options;

  const findActive = (id: string) => prisma.user.findUnique({ where: { id, status: 'ACTIVE' } });

  /** Returns whether this call was the one that made the row. */
  const insertOnce = (data: Prisma.UserCreateManyInput): Promise<boolean> =>
    transaction(async (tx) => {
      const [user] = await tx.user.createManyAndReturn({ data, skipDuplicates: true });
      if (user) await appendUserEvent(tx, 'user.created', user);
      return user !== undefined;
    });

  return {
    async create({ roles, ...user }) {
      try {
        return await transaction(async (tx) => {
          const created = await tx.user.create({
            data: { id: uuidv7(), ...user, roles: [...roles] },
          });
          await appendUserEvent(tx, 'user.created', created);
          return created;
        });
      } catch (error) {
        throw isTaken(error) ? emailTaken(error) : error;
      }
    },

    findByEmail: (email) => prisma.user.findUnique({ where: { email, status: 'ACTIVE' } }),

    findActive,

    async ensure(caller) {
      const known = await prisma.user.findUnique({ where: { id: caller.id } });
      if (known) return known.status === 'ACTIVE' ? known : null;
      const { email, displayName } = outsideProfile(caller.profile);
      const row = {
        id: caller.id,
        displayName,
        roles: caller.roles.length > 0 ? [...caller.roles] : ['USER' as const],
        issuer: caller.issuer,
        subject: caller.subject,
      };
      const inserted = await insertOnce({ ...row, email });
      // Nothing was inserted and the id is still unknown: the address belongs to another account.
      if (!inserted && !(await findActive(caller.id))) await insertOnce({ ...row, email: null });
      return findActive(caller.id);
    },
  };
}

const isTaken = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

const emailTaken = (cause: unknown) =>
  new CodedError('CONFLICT', 'This e-mail address has an account already.', {
    field: 'email',
    cause,
  });

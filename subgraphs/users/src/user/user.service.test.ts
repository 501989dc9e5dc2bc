import type { UserCaller } from '@eventxperts/identity';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type UsersDatabase, usersDatabase } from '../user/users.fixture.ts';

let database: UsersDatabase;
beforeAll(async () => {
  database = await usersDatabase();
});
afterAll(() => database.stop());

const person = (email: string) => ({
  email,
  displayName: 'Amrutha',
  passwordHash: 'hash',
  roles: ['ORGANIZER' as const],
});

const eventsOf = async (id: string) =>
  (await database.outbox()).filter(({ subject }) => subject === id);

describe('a new account', () => {
  it('is told to the other domains in the same transaction', async () => {
    const user = await database.users.create(person('amrutha@example.com'));
    expect(await eventsOf(user.id)).toMatchObject([
      {
        type: 'user.created',
        sequence: 1,
        data: {
          id: user.id,
          email: 'amrutha@example.com',
          displayName: 'Amrutha',
          roles: ['ORGANIZER'],
          status: 'ACTIVE',
        },
      },
    ]);
  });

  it('never tells how the person signs in', async () => {
    const user = await database.users.create(person('secret@example.com'));
    expect(JSON.stringify(await eventsOf(user.id))).not.toContain('hash');
  });

  it('is one an address, however many register at once', async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, () => database.users.create(person('same@example.com'))),
    );
    const failures = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(failures).toHaveLength(7);
    for (const { reason } of failures) {
      expect(reason).toMatchObject({ code: 'CONFLICT', extensions: { field: 'email' } });
    }
    const told = (await database.outbox()).filter(({ data }) =>
      JSON.stringify(data).includes('same@example.com'),
    );
    expect(told).toHaveLength(1);
  });

  it('is refused by the database itself when the address is not in lower case', async () => {
    await expect(database.users.create(person('Upper@example.com'))).rejects.toThrow(
      /users_email_check/,
    );
  });
});

describe('a user of an outside issuer', () => {
  const caller = (profile: UserCaller['profile'], roles: UserCaller['roles'] = []): UserCaller => {
    const id = uuidv7();
    return {
      kind: 'user',
      id,
      roles,
      issuer: 'https://tenant.auth0.test/',
      subject: `auth0|${id}`,
      issuedAt: new Date(),
      expiresAt: new Date(),
      token: '',
      profile,
    };
  };

  it('is made once, by whichever of many first requests comes first', async () => {
    const newcomer = caller({ displayName: 'Ravi', email: 'Ravi@example.com' }, ['ORGANIZER']);
    const seen = await Promise.all(
      Array.from({ length: 12 }, () => database.users.ensure(newcomer)),
    );
    for (const user of seen) {
      expect(user).toMatchObject({
        id: newcomer.id,
        displayName: 'Ravi',
        email: 'ravi@example.com',
        roles: ['ORGANIZER'],
      });
    }
    expect(await eventsOf(newcomer.id)).toHaveLength(1);
  });

  it('does not take over the address of another account', async () => {
    await database.users.create(person('owner@example.com'));
    const newcomer = caller({ email: 'owner@example.com' });
    expect(await database.users.ensure(newcomer)).toMatchObject({ id: newcomer.id, email: null });
    expect(await database.users.findByEmail('owner@example.com')).not.toMatchObject({
      id: newcomer.id,
    });
  });

  it('is shown under a plain name when the issuer gives none that can be shown', async () => {
    const newcomer = caller({ displayName: 'two\nlines', email: 'not an address' });
    expect(await database.users.ensure(newcomer)).toMatchObject({
      displayName: 'New member',
      email: null,
      roles: ['USER'],
    });
  });

  it('is nobody once suspended, and is not made again', async () => {
    const newcomer = caller({});
    await database.users.ensure(newcomer);
    await database.prisma.user.update({
      where: { id: newcomer.id },
      data: { status: 'SUSPENDED' },
    });
    expect(await database.users.ensure(newcomer)).toBeNull();
    expect(await eventsOf(newcomer.id)).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type UsersDatabase, usersDatabase } from '../user/users.fixture.ts';
import { createLocalSignIn } from './local-sign-in.adapter.ts';
import { hashPassword } from './password.rules.ts';
import type { SignIn } from './sign-in.port.ts';
import { createSignInThrottle } from './sign-in-throttle.service.ts';

let database: UsersDatabase;
let signIn: SignIn;
beforeAll(async () => {
  database = await usersDatabase();
  signIn = createLocalSignIn({
    users: database.users,
    throttle: createSignInThrottle(database.prisma),
    mint: async () => ({ accessToken: 'a', refreshToken: 'r', expiresAt: new Date() }),
  });
});
afterAll(() => database.stop());

const account = (email: string) => ({
  email,
  password: 'kalyanam-2027',
  displayName: 'Amrutha',
  roles: ['ORGANIZER' as const],
});

const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => expect.fail('it was accepted'),
    ({ message, extensions }: { message: string; extensions: unknown }) => ({
      message,
      extensions,
    }),
  );

describe('signing in', () => {
  it('takes the password of the registration', async () => {
    const { user } = await signIn.register(account('one@example.com'));
    const again = await signIn.login({ email: 'one@example.com', password: 'kalyanam-2027' });
    expect(again.user.id).toBe(user.id);
  });

  it('answers an unknown address as it answers a wrong password', async () => {
    await signIn.register(account('two@example.com'));
    const password = 'not the password';
    const wrong = await failure(signIn.login({ email: 'two@example.com', password }));
    const unknown = await failure(signIn.login({ email: 'nobody@example.com', password }));
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('refuses a suspended account like an unknown one', async () => {
    const { user } = await signIn.register(account('three@example.com'));
    await database.prisma.user.update({ where: { id: user.id }, data: { status: 'SUSPENDED' } });
    const attempt = signIn.login({ email: 'three@example.com', password: 'kalyanam-2027' });
    expect(await failure(attempt)).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('keeps passwords as argon2id at the cost that OWASP asks for', async () => {
    expect(await hashPassword('kalyanam-2027')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('computes a hash for an unknown address too, so that its time tells nothing', async () => {
    const cpuOf = async (email: string) => {
      const before = process.cpuUsage();
      await failure(signIn.login({ email, password: 'not the password' }));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await signIn.register(account('four@example.com'));
    const known = Math.min(await cpuOf('four@example.com'), await cpuOf('four@example.com'));
    const unknown = Math.min(await cpuOf('five@example.com'), await cpuOf('five@example.com'));
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});

describe('guessing a password', () => {
  const guess = (email: string) => failure(signIn.login({ email, password: 'guess' }));

  it.each(['guessed@example.com', 'unknown-guessed@example.com'])(
    'is slowed down after six attempts, even of guesses sent at once: %s',
    async (email) => {
      if (!email.startsWith('unknown')) await signIn.register(account(email));
      const answers = await Promise.all(Array.from({ length: 12 }, () => guess(email)));
      const refused = answers.filter(({ extensions }) =>
        JSON.stringify(extensions).includes('RATE_LIMITED'),
      );
      // Where the machine takes a second over the first six, one more is let through.
      expect(refused.length).toBeGreaterThanOrEqual(5);
      expect(refused[0]).toMatchObject({ extensions: { retryAfter: expect.any(Number) } });
    },
  );

  it('is forgotten once the right password comes', async () => {
    const email = 'forgetful@example.com';
    await signIn.register(account(email));
    for (let attempt = 0; attempt < 4; attempt++) await guess(email);
    await signIn.login({ email, password: 'kalyanam-2027' });
    expect(await database.prisma.signInThrottle.count({ where: { failures: { gte: 4 } } })).toBe(
      await database.prisma.signInThrottle.count({ where: { failures: { gte: 6 } } }),
    );
  });
});

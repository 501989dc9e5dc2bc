import { CodedError } from '@eventxperts/errors';
import type { SessionMint } from '../oidc/session-mint.service.ts';
import type { UserService } from '../user/user.service.ts';
import { hashPassword, isPassword } from './password.rules.ts';
import type { SignIn } from './sign-in.port.ts';
import type { SignInThrottle } from './sign-in-throttle.service.ts';

/** Accounts and passwords kept here; tokens of the local issuer. */
export function createLocalSignIn(options: {
  readonly users: UserService;
  readonly throttle: SignInThrottle;
  readonly mint: SessionMint;
}): SignIn {
  const { users, throttle, mint } = options;
  return {
    async register({ password, ...account }) {
      const user = await users.create({ ...account, passwordHash: await hashPassword(password) });
      return { ...(await mint(user.id)), user };
    },

    async login({ email, password }) {
      await throttle.attempt(email);
      const user = await users.findByEmail(email);
      if (!(await isPassword(user?.passwordHash, password)) || user === null) {
        throw new CodedError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
      }
      await throttle.succeeded(email);
      return { ...(await mint(user.id)), user };
    },

    userOf: ({ id }) => users.findActive(id),
  };
}

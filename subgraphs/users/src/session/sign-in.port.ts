import type { UserCaller } from '@eventxperts/identity';
import type { User } from '../generated/prisma/client.ts';
import type { Credentials, Registration } from './session.input.ts';

export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
  readonly user: User;
}

/** Where accounts and passwords are kept: here, or at an outside issuer such as Auth0. */
export interface SignIn {
  register(input: Registration): Promise<SignedIn>;
  login(input: Credentials): Promise<SignedIn>;
  /** The account of a verified caller; null when it is gone. */
  userOf(caller: UserCaller): Promise<User | null>;
}

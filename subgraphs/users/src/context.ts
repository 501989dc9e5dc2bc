import type { BaseContext } from '@eventxperts/subgraph';
import type { SignIn } from './session/sign-in.port.ts';
import type { UserLoader } from './user/user.loader.ts';

/** What the resolvers of users work with. */
export interface UsersContext extends BaseContext {
  readonly signIn: SignIn;
  /** Who has proved in this very request who they are, by registering or by a password. */
  readonly signedIn: Set<string>;
  /** The users of this request that its caller may see. */
  readonly visibleUsers: UserLoader;
}

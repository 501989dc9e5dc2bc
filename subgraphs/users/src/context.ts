import type { BaseContext } from '@eventxperts/subgraph';
import type { SignIn } from './session/sign-in.port.ts';
import type { UserLoader } from './user/user.loader.ts';
import type { Viewer } from './user/user.rules.ts';

/** What the resolvers of users work with. */
export interface UsersContext extends BaseContext, Viewer {
  readonly signIn: SignIn;
  readonly signedIn: Set<string>;
  /** The users of this request that its caller may see. */
  readonly visibleUsers: UserLoader;
}

import type { Caller } from '@eventxperts/identity';
import type { User } from '../generated/prisma/client.ts';

/** Who looks at a user. */
export interface Viewer {
  readonly caller: Caller;
  /** Who has proved in this very request who they are, by registering or by a password. */
  readonly signedIn: ReadonlySet<string>;
}

const isSelfOrAdmin = (caller: Caller, user: Pick<User, 'id'>): boolean =>
  caller.kind === 'user' && (caller.id === user.id || caller.roles.includes('SUPER_ADMIN'));

/**
 * Whether what is personal is shown: to the user, also in the answer to the sign-in that proves who
 * it is, and to whoever runs the platform.
 */
export const seesPersonal = ({ caller, signedIn }: Viewer, user: Pick<User, 'id'>): boolean =>
  signedIn.has(user.id) || isSelfOrAdmin(caller, user);

/** Whoever offers something in public is known by name to everybody. */
const isPublic = ({ roles }: Pick<User, 'roles'>): boolean =>
  roles.includes('ORGANIZER') || roles.includes('STORE_OWNER');

/** Whether the caller may know that the user exists. A suspended or deleted user is nobody's to see. */
export const isVisible = (caller: Caller, user: Pick<User, 'id' | 'roles' | 'status'>): boolean =>
  user.status === 'ACTIVE' && (isPublic(user) || isSelfOrAdmin(caller, user));

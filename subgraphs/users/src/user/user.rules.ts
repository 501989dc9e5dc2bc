import type { Caller } from '@eventxperts/identity';
import type { User } from '../generated/prisma/client.ts';

/** Whether the caller is the user or runs the platform: those see what is personal. */
export const seesPersonal = (caller: Caller, user: Pick<User, 'id'>): boolean =>
  caller.kind === 'user' && (caller.id === user.id || caller.roles.includes('SUPER_ADMIN'));

/** Whoever offers something in public is known by name to everybody. */
const isPublic = ({ roles }: Pick<User, 'roles'>): boolean =>
  roles.includes('ORGANIZER') || roles.includes('STORE_OWNER');

/** Whether the caller may know that the user exists. A suspended or deleted user is nobody's to see. */
export const isVisible = (caller: Caller, user: Pick<User, 'id' | 'roles' | 'status'>): boolean =>
  user.status === 'ACTIVE' && (isPublic(user) || seesPersonal(caller, user));

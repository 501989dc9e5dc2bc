import { email } from '@eventxperts/graphql';
import { roleSchema } from '@eventxperts/identity';
import { z } from 'zod';
import { displayName } from '../user/user.input.ts';

/** Composed to one form, since a keyboard may send the same Telugu or accented text in another. */
const password = z
  .string()
  .max(200, 'Must not be longer than 200 characters.')
  .refine((text) => !text.includes('\0'), 'Must not contain zero bytes.')
  .transform((text) => text.normalize('NFKC'));

const newPassword = z.string().min(8, 'Must be at least 8 characters long.').pipe(password);

const chosenRoles = z
  .array(roleSchema)
  .max(10, 'Must not name more than 10 roles.')
  .refine((roles) => !roles.includes('SUPER_ADMIN'), 'SUPER_ADMIN is granted, never chosen.')
  .nullish()
  .transform((roles) => (roles?.length ? [...new Set(roles)] : ['USER' as const]));

export const registration = z.object({
  email,
  password: newPassword,
  displayName,
  roles: chosenRoles,
});

export const credentials = z.object({ email, password });

export type Registration = z.output<typeof registration>;
export type Credentials = z.output<typeof credentials>;

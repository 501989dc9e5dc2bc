import { jwkVariable } from '@eventxperts/identity';
import { z } from 'zod';

export const environment = z.object({
  /** 32 bytes in base64: every invitation's code is derived from it. */
  INVITATION_CODE_KEY: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === 32, 'must be 32 bytes in base64'),
  /** Private key that signs guests' tokens. */
  GUEST_SIGNING_KEY: jwkVariable,
  /** Public key of notifications: the code in an event is sealed for it. */
  NOTIFICATIONS_PUBLIC_KEY: jwkVariable,
  /** The page a guest opens; `{code}` stands for the invitation's code. */
  INVITATION_LINK: z
    .string()
    .includes('{code}', { message: 'must contain {code}' })
    .default('http://localhost:4000/invitations/rsvp/{code}'),
});

import { jwkVariable } from '@eventxperts/identity';
import { z } from 'zod';
import { mailAddress } from './mail/mail.rules.ts';

export const environment = z
  .object({
    /** Private key that opens the secret fields of events. */
    NOTIFICATIONS_PRIVATE_KEY: jwkVariable,
    /** The page a guest opens; `{code}` stands for the invitation's code. As invitations has it. */
    INVITATION_LINK: z
      .string()
      .includes('{code}', { message: 'must contain {code}' })
      .default('http://localhost:4000/invitations/rsvp/{code}'),
    /** Who mails come from: `Name <address>`. */
    MAIL_FROM: mailAddress.default({
      name: 'EventXperts',
      address: 'invitations@eventxperts.example',
    }),
    /** The mail server: `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** Without SMTP_URL: the folder that mails are written to instead of being sent. */
    MAIL_OUTBOX_DIR: z.string().min(1).optional(),
  })
  .refine(({ SMTP_URL, MAIL_OUTBOX_DIR }) => SMTP_URL || MAIL_OUTBOX_DIR, {
    path: ['SMTP_URL'],
    message: 'or MAIL_OUTBOX_DIR must be set',
  });

export type NotificationsConfig = z.output<typeof environment>;

import { email, line } from '@eventxperts/graphql';
import { z } from 'zod';
import { type Mail, type Mailbox, MailRefused } from './mail.port.ts';

/** `Name <address>`, or an address alone. */
export const mailAddress = line(320)
  .transform((text) => {
    const [, name = '', bracketed] = /^([^<>]*?)\s*<([^<>]+)>$/.exec(text) ?? [];
    return { name, address: bracketed ?? text };
  })
  .pipe(z.object({ name: z.string(), address: email }));

/**
 * The mail as nodemailer takes it. Names and subjects were typed by people: a line break in one would
 * begin a header of their own, and an address with a comma would add a recipient.
 * @throws MailRefused when the recipient's address is none.
 */
export function messageOf({ id, to, subject, text, html }: Mail, from: Mailbox) {
  const recipient = email.safeParse(to.address);
  if (!recipient.success) throw new MailRefused('The address is not an e-mail address.');
  return {
    from: { name: oneLine(from.name), address: from.address },
    to: { name: oneLine(to.name), address: recipient.data },
    subject: oneLine(subject),
    text,
    html,
    // From the notification's id, so that a mailbox which gets the mail twice can tell.
    messageId: `<${id}@${from.address.replace(/^.*@/, '')}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    // The content never makes the mailer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 500);

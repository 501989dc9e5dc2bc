import type { EventAccess } from '@eventxperts/event-access';
import { openSecret } from '@eventxperts/messaging';
import type { Notification } from '../generated/prisma/client.ts';
import { type Mail, MailRefused } from '../mail/mail.port.ts';
import { invitationMail } from './invitation-mail.template.ts';

interface InvitationMailOptions {
  readonly privateKey: Parameters<typeof openSecret>[0];
  /** The guest's page, with `{code}` in place of the invitation's code. */
  readonly linkTemplate: string;
}

/** Writes the mail of an invitation. The code leaves its envelope only here. */
export const createInvitationMail =
  ({ privateKey, linkTemplate }: InvitationMailOptions) =>
  async (notification: Notification, event: EventAccess): Promise<Mail> => {
    const code = await openCode(privateKey, notification.linkSecret);
    const content = invitationMail({
      guestName: notification.recipientName,
      event,
      link: linkTemplate.replaceAll('{code}', encodeURIComponent(code)),
    });
    return {
      id: notification.id,
      to: { name: notification.recipientName, address: notification.recipient },
      ...content,
    };
  };

async function openCode(
  privateKey: InvitationMailOptions['privateKey'],
  linkSecret: string | null,
): Promise<string> {
  if (linkSecret === null) throw new MailRefused('It came without a link.');
  return openSecret(privateKey, linkSecret);
}

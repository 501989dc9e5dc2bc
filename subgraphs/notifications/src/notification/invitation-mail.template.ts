import { escapeHtml } from '@eventxperts/html';

export interface InvitationMail {
  readonly guestName: string;
  readonly event: {
    readonly title: string;
    readonly startsAt: Date;
    readonly timeZone: string;
  };
  readonly link: string;
}

/** The invitation in words. Everything in it was typed by somebody: the HTML escapes all of it. */
export function invitationMail({ guestName, event, link }: InvitationMail) {
  const when = whenAtTheVenue(event);
  const text = [
    `Dear ${guestName},`,
    '',
    `You are invited to ${event.title}.`,
    `When: ${when}`,
    '',
    'See the details and answer here:',
    link,
    '',
    'The link is yours alone: whoever has it can answer for you.',
    '',
  ].join('\n');
  return {
    subject: `You are invited: ${event.title}`,
    text,
    html: html({ guestName, title: event.title, when, link }),
  };
}

/** In the event's own time zone: what the clock on the wall will show. */
const whenAtTheVenue = ({ startsAt, timeZone }: InvitationMail['event']): string =>
  new Intl.DateTimeFormat('en-IN', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(startsAt);

function html(mail: { guestName: string; title: string; when: string; link: string }): string {
  const [guestName, title, when, link] = [mail.guestName, mail.title, mail.when, mail.link].map(
    escapeHtml,
  );
  return `<!doctype html>
<html lang="en">
<body style="font-family: sans-serif; line-height: 1.5; color: #3b1d24; max-width: 36rem; margin: 2rem auto; padding: 0 1rem">
<p>Dear ${guestName},</p>
<p>You are invited to <strong>${title}</strong>.</p>
<p>When: ${when}</p>
<p><a href="${link}" style="display: inline-block; padding: .7rem 1.2rem; border-radius: 6px; background: #9c2f43; color: #fff; text-decoration: none">See the details and answer</a></p>
<p style="color: #666; font-size: .875rem; overflow-wrap: anywhere">The link is yours alone: whoever has it can answer for you.<br>${link}</p>
</body>
</html>
`;
}

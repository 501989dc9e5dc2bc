import { createHash } from 'node:crypto';
import { escapeHtml } from '@eventxperts/html';
import type { OutboxMail } from './outbox-folder.adapter.ts';

const style = `
:root { color-scheme: light; font: 1rem/1.5 system-ui, sans-serif; color: #26323d; background: #f3f5f7 }
body { margin: 0; padding: 2rem 1rem }
main { max-width: 50rem; margin: 0 auto }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .25rem; overflow-wrap: anywhere }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
p { margin: 0 0 1.25rem; color: #5d6b78 }
a { color: #2456b3 }
ul { list-style: none; margin: 0; padding: 0; background: #fff; border: 1px solid #d8dfe5; border-radius: 8px; overflow: hidden }
li + li { border-top: 1px solid #e8edf1 }
li a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .7rem 1rem; color: inherit; text-decoration: none }
li a:hover { background: #f3f7fd }
li strong { font-weight: 600; grid-column: 1 / -1; order: 1; overflow-wrap: anywhere }
li span, time { color: #5d6b78; font-size: .875rem; overflow-wrap: anywhere }
iframe { box-sizing: border-box; width: 100%; height: 20rem; border: 1px solid #d8dfe5; border-radius: 8px; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: 1rem; background: #fff; border: 1px solid #d8dfe5; border-radius: 8px }`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** Nothing but our one style sheet and a frame of our own: a mail's text can start nothing. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The mail's own HTML, without scripts, forms, images from elsewhere, or an origin. */
export const bodyPolicy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

export function listPage(mails: readonly OutboxMail[]): string {
  const rows = mails.map(
    ({ id, to, subject, date }) =>
      `<li><a href="outbox/${id}"><span>${escapeHtml(to)}</span>${when(date)}<strong>${escapeHtml(subject)}</strong></a></li>`,
  );
  const list = rows.length === 0 ? '<p>No mail yet.</p>' : `<ul>${rows.join('')}</ul>`;
  return page(
    'Mail outbox',
    `<h1>Mail outbox</h1>
<p>What would have been sent, the newest first. Only this computer can read it.</p>
${list}`,
  );
}

export function mailPage({ id, to, subject, date, text }: OutboxMail): string {
  return page(
    subject,
    `<p><a href="../outbox">All mails</a></p>
<h1>${escapeHtml(subject)}</h1>
<p>To ${escapeHtml(to)}, ${when(date)}</p>
<iframe title="The mail" src="${id}/body" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h2>As plain text</h2>
<pre>${escapeHtml(text)}</pre>`,
  );
}

/** `2027-02-14 13:00 UTC`: the page cannot know the reader's time zone. */
const when = (date: string): string =>
  `<time>${escapeHtml(date.replace(/^(.{10})T(.{5}).*Z$/, '$1 $2 UTC'))}</time>`;

/** Links open outside of the frame, where they work as they would from a mailbox. */
export const mailBody = ({ html, text }: OutboxMail): string =>
  `<!doctype html><base target="_blank">${html ?? `<pre>${escapeHtml(text)}</pre>`}`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body>
</html>
`;

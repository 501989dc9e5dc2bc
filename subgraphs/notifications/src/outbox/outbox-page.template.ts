import { createHash } from 'node:crypto';
import { escapeHtml } from '@eventxperts/html';
import type { OutboxMail } from './outbox-folder.adapter.ts';

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
li { margin-bottom: 0.75rem }
small { color: #666 }
iframe { width: 100%; height: 28rem; border: 1px solid #ccc }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f6f6; padding: 1rem }`;

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
      `<li><a href="outbox/${id}">${escapeHtml(subject)}</a><br><small>to ${escapeHtml(to)}, ${escapeHtml(date)}</small></li>`,
  );
  const list = rows.length === 0 ? '<p>No mail yet.</p>' : `<ul>${rows.join('')}</ul>`;
  return page('Mail outbox', `<h1>Mail outbox</h1>${list}`);
}

export function mailPage({ id, to, subject, date, text }: OutboxMail): string {
  return page(
    subject,
    `<p><a href="../outbox">All mails</a></p>
<h1>${escapeHtml(subject)}</h1>
<p><small>to ${escapeHtml(to)}, ${escapeHtml(date)}</small></p>
<iframe title="The mail" src="${id}/body" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<h2>As plain text</h2>
<pre>${escapeHtml(text)}</pre>`,
  );
}

/** Links open outside of the frame, where they work as they would from a mailbox. */
export const mailBody = ({ html, text }: OutboxMail): string =>
  `<!doctype html><base target="_blank">${html ?? `<pre>${escapeHtml(text)}</pre>`}`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body>${body}</body>
</html>
`;

import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { escapeHtml, type Html } from './html.ts';

export interface Page {
  readonly status?: number;
  readonly title: string;
  readonly style: string;
  readonly body: Html;
}

/**
 * Sends a page that runs no script, loads nothing, stands in no frame, and is neither stored nor told
 * to another site by a referrer: its address may hold a guest's code.
 */
export function sendPage(
  response: ServerResponse,
  { status = 200, title, style, body }: Page,
): void {
  const styleHash = createHash('sha256').update(style).digest('base64');
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
  });
  response.end(document(title, style, body));
}

const document = (title: string, style: string, body: Html): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>${body.markup}</body>
</html>
`;

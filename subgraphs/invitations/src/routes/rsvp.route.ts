import type { IncomingMessage, ServerResponse } from 'node:http';
import { CodedError } from '@eventxperts/errors';
import { sendPage } from '@eventxperts/html';
import type { Route } from '@eventxperts/subgraph';
import type { InvitationPageService } from '../page/invitation-page.service.ts';
import { invitationPage, style, unknownPage } from '../page/invitation-page.template.ts';

const maxFormBytes = 20_000;

/** `/rsvp/<code>`: the page behind an invitation's link, without scripts; a form answers it. */
export function rsvpRoute(pages: InvitationPageService): Route {
  return {
    path: '/rsvp',
    async handle(request, response) {
      const code = new URL(request.url ?? '/', 'http://page').pathname.split('/')[2] ?? '';
      if (request.method === 'POST') return answer(pages, code, request, response);
      if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
      const page = await pages.open(code);
      return page
        ? sendPage(response, { title: page.event.title, style, body: invitationPage(page) })
        : sendUnknown(response);
    },
  };
}

async function answer(
  pages: InvitationPageService,
  code: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await readForm(request);
  if (!form) return refuse(response, 413);
  const notice = await pages.answer(code, form).then(
    () => ({ kind: 'thanks' as const, text: 'Thank you, your answer is with your host.' }),
    (error: unknown) => {
      if (error instanceof CodedError) return { kind: 'refused' as const, text: error.message };
      throw error;
    },
  );
  const page = await pages.open(code);
  if (!page) return sendUnknown(response);
  sendPage(response, {
    status: notice.kind === 'thanks' ? 200 : 400,
    title: page.event.title,
    style,
    body: invitationPage({ ...page, notice }),
  });
}

const sendUnknown = (response: ServerResponse): void =>
  sendPage(response, { status: 404, title: 'No invitation', style, body: unknownPage });

/** Undefined where the form is larger than any answer. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxFormBytes) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function refuse(response: ServerResponse, status: 405 | 413): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(status === 405 ? 'method not allowed' : 'too large');
}

import type { ServerResponse } from 'node:http';
import type { Route } from '@eventxperts/subgraph';
import { isFromThisMachine } from '../outbox/loopback.rules.ts';
import { listMails, readMail } from '../outbox/outbox-folder.adapter.ts';
import {
  bodyPolicy,
  listPage,
  mailBody,
  mailPage,
  pagePolicy,
} from '../outbox/outbox-page.template.ts';

/**
 * The mails of the outbox folder, for whoever tries the platform out: `/outbox` lists them,
 * `/outbox/<id>` shows one, `/outbox/<id>/body` is what its frame loads. The mails hold guests'
 * links, so only browsers on this machine may read them.
 */
export function outboxRoute(folder: string): Route {
  return {
    path: '/outbox',
    async handle(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
      if (!isFromThisMachine(request)) return refuse(response, 403);
      const { pathname } = new URL(request.url ?? '/', 'http://outbox');
      const [, base, id, part] = pathname.split('/');
      if (base !== 'outbox') return refuse(response, 404);
      if (id === undefined) return answer(response, listPage(await listMails(folder)), pagePolicy);
      const mail = await readMail(folder, id);
      if (!mail) return refuse(response, 404);
      if (part === undefined) return answer(response, mailPage(mail), pagePolicy);
      if (part === 'body') return answer(response, mailBody(mail), bodyPolicy);
      refuse(response, 404);
    },
  };
}

function answer(response: ServerResponse, html: string, policy: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end(html);
}

const reasons = { 403: 'forbidden', 404: 'not found', 405: 'method not allowed' } as const;

function refuse(response: ServerResponse, status: keyof typeof reasons): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' });
  response.end(reasons[status]);
}

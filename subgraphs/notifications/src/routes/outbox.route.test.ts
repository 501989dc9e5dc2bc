import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestOptions, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutboxFolder } from '../mail/folder.adapter.ts';
import { from, mailTo } from '../mail/mail.fixture.ts';
import { outboxRoute } from './outbox.route.ts';

const id = '01890000-0000-7000-8000-000000000001';
const attack = '<script>alert(1)</script>';

let root: string;
let server: Server;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'outbox-'));
  await writeFile(join(root, 'secret.eml'), 'Subject: not an outbox mail\n\n');
  const folder = join(root, 'mails');
  await createOutboxFolder({ folder, from }).send(
    mailTo({ id, subject: attack, text: attack, html: `<p>the mail</p>${attack}` }),
  );
  const route = outboxRoute(folder);
  server = createServer((incoming, response) => void route.handle(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

/** The path goes out as it is: a client's URL parser would resolve the dots. */
async function get(path: string, options: RequestOptions = {}) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status?: number | undefined; policy: string; body: string }>(
    (resolve, reject) => {
      request({ host: '127.0.0.1', port, path, agent: false, ...options }, async (response) => {
        const policy = String(response.headers['content-security-policy']);
        resolve({ status: response.statusCode, policy, body: await text(response) });
      })
        .on('error', reject)
        .end();
    },
  );
}

describe('the outbox page', () => {
  it('lists the mails and shows one in a frame', async () => {
    expect((await get('/outbox')).body).toContain(`href="outbox/${id}"`);
    const { status, body } = await get(`/outbox/${id}`);
    expect(status).toBe(200);
    expect(body).toContain(`src="${id}/body" sandbox="`);
    expect((await get(`/outbox/${id}/body`)).body).toContain('<p>the mail</p>');
  });

  it('runs no script of a mail', async () => {
    for (const path of ['/outbox', `/outbox/${id}`]) {
      const { body, policy } = await get(path);
      expect(body).not.toContain(attack);
      expect(body).toContain('&lt;script&gt;');
      expect(policy).toContain("default-src 'none'");
    }
    const { policy } = await get(`/outbox/${id}/body`);
    expect(policy).toMatch(/^sandbox /);
    expect(policy).not.toContain('allow-scripts');
    expect(policy).not.toContain('allow-same-origin');
  });

  it.each([
    '/outbox/../secret',
    '/outbox/..%2Fsecret',
    '/outbox/%2e%2e%2fsecret',
    '/outbox/secret',
    `/outbox/${id}/raw`,
    '/outbox/01890000-0000-7000-8000-000000000009',
  ])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it.each<[string, Record<string, string>]>([
    ['for somebody else', { 'x-forwarded-for': '203.0.113.5' }],
    ['for somebody else who claims to be near', { 'x-forwarded-for': '127.0.0.1, 203.0.113.5' }],
    ['for nobody knows whom', { forwarded: 'for=127.0.0.1' }],
    ['under a name of somebody else’s', { host: 'rebound.example.org' }],
    ['for a page under another name', { 'x-forwarded-host': 'rebound.example.org' }],
  ])('is refused %s', async (_, headers) => {
    expect((await get('/outbox', { headers })).status).toBe(403);
  });

  it('is shown through the gateway of this machine', async () => {
    const headers = { 'x-forwarded-for': '::ffff:127.0.0.1', 'x-forwarded-host': 'localhost:4000' };
    expect((await get('/outbox', { headers })).status).toBe(200);
  });

  it('cannot be written to', async () => {
    expect((await get('/outbox', { method: 'POST' })).status).toBe(405);
  });
});

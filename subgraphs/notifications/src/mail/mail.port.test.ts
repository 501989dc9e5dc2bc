import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutboxFolder } from './folder.adapter.ts';
import { from, mailTo } from './mail.fixture.ts';
import { type MailPort, MailRefused } from './mail.port.ts';
import { createSmtp } from './smtp.adapter.ts';
import { startSmtpServer } from './smtp-server.fixture.ts';

interface OpenPort {
  readonly mail: MailPort;
  arrived(): Promise<Email[]>;
  close(): Promise<void>;
}

async function openFolder(): Promise<OpenPort> {
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'));
  return {
    mail: createOutboxFolder({ folder, from }),
    arrived: async () =>
      Promise.all(
        (await readdir(folder)).map(async (file) =>
          PostalMime.parse(await readFile(join(folder, file))),
        ),
      ),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function openSmtp(): Promise<OpenPort> {
  const server = await startSmtpServer();
  const smtp = createSmtp({ url: server.url, from });
  return {
    mail: smtp,
    arrived: async () => server.delivered.map(({ mail }) => mail),
    async close() {
      smtp.stop();
      await server.stop();
    },
  };
}

describe.each([
  ['the outbox folder', openFolder],
  ['SMTP', openSmtp],
])('mail by %s', (_, open) => {
  let port: OpenPort;
  beforeEach(async () => {
    port = await open();
  });
  afterEach(() => port.close());

  it('arrives as it was written, under the id of the notification', async () => {
    await port.mail.send(mailTo());
    expect(await port.arrived()).toMatchObject([
      {
        from: { address: from.address },
        to: [{ name: 'Lakshmi Rao', address: 'lakshmi@example.org' }],
        subject: 'You are invited: A wedding',
        messageId: '<01890000-0000-7000-8000-000000000001@eventxperts.example>',
        text: expect.stringContaining('see you there'),
        html: expect.stringContaining('<p>Dear Lakshmi'),
      },
    ]);
  });

  it('can be told for the same mail when it arrives twice', async () => {
    await port.mail.send(mailTo());
    await port.mail.send(mailTo());
    const ids = (await port.arrived()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(1);
  });

  it('takes no header from a name', async () => {
    const name = 'Eve\r\nBcc: victim@example.org';
    await port.mail.send(mailTo({ to: { name, address: 'eve@example.org' }, subject: name }));
    const [mail] = await port.arrived();
    expect(mail?.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(mail?.to?.map(({ address }) => address)).toEqual(['eve@example.org']);
  });

  it('is refused for good when the address is none', async () => {
    const mail = mailTo({ to: { name: 'Eve', address: 'eve@example.org, victim@example.org' } });
    await expect(port.mail.send(mail)).rejects.toThrow(MailRefused);
    expect(await port.arrived()).toEqual([]);
  });
});

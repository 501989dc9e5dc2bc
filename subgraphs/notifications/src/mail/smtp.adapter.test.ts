import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { from, mailTo } from './mail.fixture.ts';
import { MailRefused } from './mail.port.ts';
import { createSmtp } from './smtp.adapter.ts';
import { startSmtpServer } from './smtp-server.fixture.ts';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

async function serve(options: SMTPServerOptions = {}) {
  const server = await startSmtpServer(options);
  const smtp = createSmtp({ url: server.url, from });
  close = async () => {
    smtp.stop();
    await server.stop();
  };
  return { smtp, delivered: server.delivered };
}

const answering = (responseCode: number) =>
  Object.assign(new Error('No such guest as lakshmi@example.org'), { responseCode });

describe('SMTP', () => {
  it('names the recipient alone on the envelope', async () => {
    const { smtp, delivered } = await serve();
    await smtp.send(mailTo());
    expect(delivered.map(({ recipients }) => recipients)).toEqual([['lakshmi@example.org']]);
  });

  it('does not try again what the server refuses for good, and repeats no address', async () => {
    const { smtp, delivered } = await serve({
      onRcptTo: (_address, _session, callback) => callback(answering(550)),
    });
    const refusal = await smtp.send(mailTo()).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MailRefused);
    expect(refusal).toMatchObject({ message: 'The mail server answered 550.' });
    expect(delivered).toEqual([]);
  });

  it.each([
    ['puts off', { onRcptTo: (_a, _s, callback) => callback(answering(451)) }],
    ['cannot be logged in to', { onConnect: (_s, callback) => callback(answering(535)) }],
  ] satisfies [string, SMTPServerOptions][])(
    'may try again what the server %s',
    async (_, options) => {
      const { smtp } = await serve(options);
      const fault = await smtp.send(mailTo()).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(Error);
      expect(fault).not.toBeInstanceOf(MailRefused);
    },
  );

  it('may try again when nobody answers', async () => {
    const { smtp } = await serve();
    await close?.();
    const fault = await smtp.send(mailTo()).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Error);
    expect(fault).not.toBeInstanceOf(MailRefused);
  });
});

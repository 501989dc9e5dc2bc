import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { from, mailTo } from './mail.fixture.ts';
import { type MailPort, MailRefused } from './mail.port.ts';
import { createSmtp } from './smtp.adapter.ts';

interface Delivered {
  readonly recipients: string[];
  readonly mail: Email;
}

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** A mail server on loopback, and the port that sends to it. */
async function serve(options: SMTPServerOptions = {}) {
  const delivered: Delivered[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      text(stream)
        .then((source) => PostalMime.parse(source))
        .then((mail) => {
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          delivered.push({ recipients, mail });
          callback();
        }, callback);
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const smtp: MailPort = createSmtp({ url: `smtp://127.0.0.1:${port}`, from });
  close = () => {
    smtp.stop();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { smtp, delivered };
}

const answering = (responseCode: number) =>
  Object.assign(new Error('No such guest as lakshmi@example.org'), { responseCode });

describe('SMTP', () => {
  it('delivers the mail to its one recipient', async () => {
    const { smtp, delivered } = await serve();
    await smtp.send(mailTo());
    expect(delivered).toMatchObject([
      {
        recipients: ['lakshmi@example.org'],
        mail: {
          subject: 'You are invited: A wedding',
          messageId: '<01890000-0000-7000-8000-000000000001@eventxperts.example>',
        },
      },
    ]);
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

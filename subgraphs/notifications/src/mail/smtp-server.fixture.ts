import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Delivered {
  readonly recipients: string[];
  readonly mail: Email;
}

/** A real mail server on loopback that keeps what it was given. */
export async function startSmtpServer(options: SMTPServerOptions = {}) {
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
  return {
    url: `smtp://127.0.0.1:${port}`,
    delivered,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

import { z } from 'zod';
import { type Mail, type Mailbox, type MailPort, MailRefused } from './mail.port.ts';
import { messageOf } from './mail.rules.ts';

const connectWithinMs = 10_000;
const answerWithinMs = 30_000;
const connections = 3;

/** nodemailer's names of the answers to this mail, not to the login or the connection. */
const aboutTheMail = new Set(['EENVELOPE', 'EMESSAGE']);

const smtpError = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

/** Hands each mail to the server at `url`. The library is loaded with the first mail. */
export function createSmtp({ url, from }: { url: string; from: Mailbox }): MailPort {
  let opened: ReturnType<typeof connect> | undefined;
  const open = () => {
    opened ??= connect(url);
    return opened;
  };

  return {
    async send(mail: Mail) {
      const message = messageOf(mail, from);
      const transport = await open();
      await transport.sendMail(message).catch((error: unknown) => {
        throw asFault(error);
      });
    },
    stop() {
      opened?.then((transport) => transport.close()).catch(() => undefined);
    },
  };
}

async function connect(url: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    pool: true,
    maxConnections: connections,
    connectionTimeout: connectWithinMs,
    greetingTimeout: connectWithinMs,
    socketTimeout: answerWithinMs,
  });
}

/** A server's words may quote the address: only its codes are passed on. */
function asFault(error: unknown): Error {
  const { code, responseCode } = smtpError.catch({}).parse(error);
  const said = `The mail server answered ${responseCode ?? code ?? 'nothing'}.`;
  const isFinal = responseCode !== undefined && responseCode >= 500 && aboutTheMail.has(code ?? '');
  return isFinal ? new MailRefused(said, { cause: error }) : new Error(said, { cause: error });
}

import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mailbox, MailPort } from './mail.port.ts';
import { messageOf } from './mail.rules.ts';

/** Writes each mail to `<folder>/<id>.eml`, whole or not at all; the same mail again replaces it. */
export function createOutboxFolder({ folder, from }: { folder: string; from: Mailbox }): MailPort {
  return {
    async send(mail) {
      const message = await new MailComposer(messageOf(mail, from)).compile().build();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `.${mail.id}.${randomUUID()}.draft`);
      try {
        await writeDurably(draft, message);
        await rename(draft, join(folder, `${mail.id}.eml`));
      } finally {
        await rm(draft, { force: true });
      }
    },
    stop() {},
  };
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

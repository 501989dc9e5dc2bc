/** A mailbox as a header shows it. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One mail. The same `id` is the same mail: given twice, it should arrive once. */
export interface Mail {
  readonly id: string;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Where mails go out. */
export interface MailPort {
  /**
   * Resolves when the mail is in the hands of whoever delivers it.
   * @throws MailRefused when trying again cannot help; anything else may pass.
   */
  send(mail: Mail): Promise<void>;
  stop(): void;
}

/** The mail will not be taken, ever. The message holds no personal data: it is kept and published. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

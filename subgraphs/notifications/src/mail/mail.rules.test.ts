import MailComposer from 'nodemailer/lib/mail-composer';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { from, mailTo } from './mail.fixture.ts';
import { MailRefused } from './mail.port.ts';
import { mailAddress, messageOf } from './mail.rules.ts';

const parsed = async (mail: Parameters<typeof messageOf>[0]) =>
  PostalMime.parse(await new MailComposer(messageOf(mail, from)).compile().build());

describe('a mail as it goes out', () => {
  it('has both bodies and an id of its own', async () => {
    const mail = await parsed(mailTo());
    expect(mail).toMatchObject({
      from: { name: 'EventXperts', address: 'invitations@eventxperts.example' },
      to: [{ name: 'Lakshmi Rao', address: 'lakshmi@example.org' }],
      subject: 'You are invited: A wedding',
      messageId: '<01890000-0000-7000-8000-000000000001@eventxperts.example>',
    });
    expect(mail.text).toContain('see you there');
    expect(mail.html).toContain('<p>Dear Lakshmi');
  });

  it('keeps every script, in names and subjects', async () => {
    const mail = await parsed(
      mailTo({
        to: { name: 'లక్ష్మి రావు', address: 'lakshmi@example.org' },
        subject: 'पधारिए 🎉',
      }),
    );
    expect(mail.to?.[0]?.name).toBe('లక్ష్మి రావు');
    expect(mail.subject).toBe('पधारिए 🎉');
  });

  it.each([
    'Eve\r\nBcc: victim@example.org',
    'Eve\nBcc: victim@example.org',
    'Eve\u2028Bcc: victim@example.org',
    'Eve\u0000\rBcc: victim@example.org',
    'Eve <victim@example.org>, Mallory',
    'Eve" <victim@example.org>, "',
  ])('goes to nobody else for a guest named %j', async (name) => {
    const mail = await parsed(
      mailTo({ to: { name, address: 'eve@example.org' }, subject: `You are invited: ${name}` }),
    );
    expect(mail.to?.map(({ address }) => address)).toEqual(['eve@example.org']);
    expect(mail.bcc).toBeUndefined();
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
  });

  it.each([
    'eve@example.org, victim@example.org',
    'eve@example.org\r\nBcc: victim@example.org',
    '<victim@example.org>',
    'eve',
    '',
  ])('is refused for the address %j', (address) => {
    expect(() => messageOf(mailTo({ to: { name: 'Eve', address } }), from)).toThrow(MailRefused);
  });
});

describe('MAIL_FROM', () => {
  it.each([
    ['EventXperts <hello@example.org>', { name: 'EventXperts', address: 'hello@example.org' }],
    ['hello@example.org', { name: '', address: 'hello@example.org' }],
  ])('may be %s', (text, mailbox) => {
    expect(mailAddress.parse(text)).toEqual(mailbox);
  });

  it.each(['nobody', 'A <a@example.org>, B <b@example.org>', 'A\n<a@example.org>'])(
    'may not be %j',
    (text) => {
      expect(mailAddress.safeParse(text).success).toBe(false);
    },
  );
});

import type { Mail, Mailbox } from './mail.port.ts';

export const from: Mailbox = { name: 'EventXperts', address: 'invitations@eventxperts.example' };

export const mailTo = (change: Partial<Mail> = {}): Mail => ({
  id: '01890000-0000-7000-8000-000000000001',
  to: { name: 'Lakshmi Rao', address: 'lakshmi@example.org' },
  subject: 'You are invited: A wedding',
  text: 'Dear Lakshmi,\nsee you there.\n',
  html: '<p>Dear Lakshmi, see you there.</p>',
  ...change,
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { knowEvent } from '@eventxperts/subgraph/testing';
import { pino } from 'pino';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onInviteRevoked } from '../events/on-invite-revoked.ts';
import { createOutboxFolder } from '../mail/folder.adapter.ts';
import { type MailPort, MailRefused } from '../mail/mail.port.ts';
import { createDelivery } from './delivery.service.ts';
import { createInvitationMail } from './invitation-mail.service.ts';
import { eventId, type OpenNotifications, openNotifications } from './notifications.fixture.ts';

const lakshmi = { name: 'Lakshmi Rao', email: 'lakshmi@example.org' };
const organizerId = '01890000-0000-7000-8000-000000000001';

let open: OpenNotifications;
beforeEach(async () => {
  open = await openNotifications();
  await knowEvent(open.test.sql, { eventId, organizerId, title: 'Asha & Ravi <3' });
});
afterEach(() => open.stop());

const folderPort = () => createOutboxFolder({ folder: open.folder, from: open.config.MAIL_FROM });

const deliveryBy = (
  mail: MailPort = folderPort(),
  store: OpenNotifications['store'] = open.store,
) =>
  createDelivery({
    store,
    mail,
    compose: createInvitationMail({
      privateKey: open.config.NOTIFICATIONS_PRIVATE_KEY,
      linkTemplate: open.config.INVITATION_LINK,
    }),
    log: pino({ level: 'silent' }),
  });

const rows = () => open.prisma.notification.findMany({ orderBy: { id: 'asc' } });

/** The time of the next attempt has come. */
const passTime = () => open.prisma.notification.updateMany({ data: { dueAt: new Date(0) } });

const failing = (error: Error): MailPort => ({
  send: async () => {
    throw error;
  },
  stop() {},
});

describe('an invitation', () => {
  it('becomes a mail with the guest’s name, the event, its local time and the link', async () => {
    const invite = await open.invited(lakshmi);
    await open.tell(invite);
    await deliveryBy().deliverDue();

    const [sent] = await rows();
    expect(sent).toMatchObject({ status: 'SENT', attempts: 1, linkSecret: null, failure: null });
    const source = await readFile(join(open.folder, `${sent?.id}.eml`));
    const mail = await PostalMime.parse(source);
    expect(mail.to).toMatchObject([{ address: lakshmi.email }]);
    expect(mail.subject).toBe('You are invited: Asha & Ravi <3');
    const link = `https://guests.test/code-of-${invite.subject}`;
    expect(mail.text).toContain('Dear Lakshmi Rao');
    expect(mail.text).toContain('14 February 2027 at 6:30');
    expect(mail.text).toContain(link);
    expect(mail.html).toContain(`href="${link}"`);
    expect(mail.html).toContain('Asha &amp; Ravi &lt;3');
  });

  it('makes one mail, however often it is told', async () => {
    const invite = await open.invited(lakshmi);
    await open.tell(invite, invite);
    await deliveryBy().deliverDue();
    await open.tell(invite);
    await deliveryBy().deliverDue();
    expect(await open.mails()).toHaveLength(1);
    expect((await open.published()).map(({ type }) => type)).toEqual(['notification.sent']);
  });

  it('is not mailed when it is told again, or when the guest has no address', async () => {
    await open.tell(
      { ...(await open.invited(lakshmi)), republished: true },
      await open.invited({ name: 'Grandmother', email: null }),
    );
    await deliveryBy().deliverDue();
    expect(await rows()).toEqual([]);
  });

  it('waits for its event', async () => {
    await open.test.sql.query('delete from platform.event_access');
    await open.tell(await open.invited(lakshmi));
    await deliveryBy().deliverDue();
    expect(await rows()).toMatchObject([{ status: 'PENDING', attempts: 0 }]);

    await knowEvent(open.test.sql, { eventId, organizerId });
    await deliveryBy().deliverDue();
    expect(await rows()).toMatchObject([{ status: 'SENT' }]);
  });

  it('never puts the code where it could be read: not in the row, not in the event', async () => {
    await open.tell(await open.invited(lakshmi));
    expect(JSON.stringify(await rows(), stringifiable)).not.toContain('code-of-');
    await deliveryBy().deliverDue();
    expect(JSON.stringify(await open.published())).not.toMatch(/code-of-|lakshmi/i);
  });
});

describe('an invitation that is taken back', () => {
  it('is not mailed any more', async () => {
    const invite = await open.invited(lakshmi);
    await open.tell(invite);
    const revoked = { ...invite, type: 'invite.revoked', sequence: 2 } as const;
    await open.store.transaction((tx) => onInviteRevoked.handle(tx, [revoked]));
    await deliveryBy().deliverDue();

    expect(await open.mails()).toEqual([]);
    expect(await rows()).toMatchObject([{ status: 'FAILED', attempts: 0, linkSecret: null }]);
  });

  it('keeps the record of a mail that went out before', async () => {
    const invite = await open.invited(lakshmi);
    await open.tell(invite);
    await deliveryBy().deliverDue();
    const revoked = { ...invite, type: 'invite.revoked', sequence: 2 } as const;
    await open.store.transaction((tx) => onInviteRevoked.handle(tx, [revoked]));
    expect(await rows()).toMatchObject([{ status: 'SENT' }]);
  });
});

describe('a delivery that does not succeed', () => {
  it('is tried 8 times, then fails with its event', async () => {
    await open.tell(await open.invited(lakshmi));
    const delivery = deliveryBy(failing(new Error('connection refused')));
    for (let attempt = 1; attempt < 8; attempt += 1) {
      await delivery.deliverDue();
      expect(await rows()).toMatchObject([{ status: 'PENDING', attempts: attempt }]);
      // Not due again yet: nothing is tried.
      await delivery.deliverDue();
      expect(await rows()).toMatchObject([{ attempts: attempt }]);
      await passTime();
    }
    await delivery.deliverDue();
    await passTime();
    await delivery.deliverDue();

    expect(await rows()).toMatchObject([{ status: 'FAILED', attempts: 8, linkSecret: null }]);
    expect(await open.published()).toMatchObject([
      { type: 'notification.failed', sequence: 1, data: { status: 'FAILED', attempts: 8 } },
    ]);
  });

  it('fails at once when the mail is refused', async () => {
    await open.tell(await open.invited(lakshmi));
    await deliveryBy(failing(new MailRefused('The mail server answered 550.'))).deliverDue();
    expect(await rows()).toMatchObject([
      { status: 'FAILED', attempts: 1, failure: 'The mail server answered 550.' },
    ]);
  });

  it('fails at once for an address that is none', async () => {
    await open.tell(await open.invited({ name: 'Eve', email: 'eve@example.org,victim@x.org' }));
    await deliveryBy().deliverDue();
    expect(await rows()).toMatchObject([{ status: 'FAILED' }]);
    expect(await open.mails()).toEqual([]);
  });

  it('holds up nobody else’s', async () => {
    await open.tell(
      await open.invited({ name: 'Eve', email: 'not an address' }),
      await open.invited(lakshmi),
    );
    await deliveryBy().deliverDue();
    expect((await rows()).map(({ status }) => status).sort()).toEqual(['FAILED', 'SENT']);
  });
});

describe('a process that ends', () => {
  /** What is left when the process is killed after the mail went out and before that is recorded. */
  const killedBeforeRecording = (): OpenNotifications['store'] => ({
    prisma: open.prisma,
    transaction: () => Promise.reject(new Error('killed')),
  });

  it('between the mail and its record leaves one mail, sent again under the same id', async () => {
    await open.tell(await open.invited(lakshmi));
    await expect(deliveryBy(folderPort(), killedBeforeRecording()).deliverDue()).rejects.toThrow(
      'killed',
    );
    expect(await rows()).toMatchObject([{ status: 'PENDING', attempts: 1 }]);
    const [written] = await open.mails();

    // Another process leaves it alone until the lease has passed.
    await deliveryBy().deliverDue();
    expect(await rows()).toMatchObject([{ status: 'PENDING', attempts: 1 }]);
    await passTime();
    await deliveryBy().deliverDue();

    expect(await rows()).toMatchObject([{ status: 'SENT', attempts: 2 }]);
    expect(await open.mails()).toEqual([written]);
    expect(await open.published()).toHaveLength(1);
  });

  it('in the last attempt leaves a failure, not a mail that waits for ever', async () => {
    await open.tell(await open.invited(lakshmi));
    await open.prisma.notification.updateMany({ data: { attempts: 8, dueAt: new Date(0) } });
    await deliveryBy().deliverDue();
    expect(await rows()).toMatchObject([
      { status: 'FAILED', failure: 'The last attempt was cut short.' },
    ]);
  });
});

it('sends each mail once with several processes at work', async () => {
  const guests = Array.from({ length: 60 }, (_, n) => ({
    name: `Guest ${n}`,
    email: `g${n}@x.org`,
  }));
  await open.tell(...(await Promise.all(guests.map((guest) => open.invited(guest)))));
  const sent: string[] = [];
  const counting: MailPort = {
    send: async ({ to }) => {
      sent.push(to.address);
    },
    stop() {},
  };
  const processes = [deliveryBy(counting), deliveryBy(counting), deliveryBy(counting)];
  await Promise.all(processes.map((delivery) => delivery.deliverDue()));
  expect(sent.sort()).toEqual(guests.map(({ email }) => email).sort());
});

const stringifiable = (_: string, value: unknown) =>
  typeof value === 'bigint' ? String(value) : value;

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testDatabase } from '@eventxperts/database/testing';
import { generatePlatformKeys, identityEnvironment, verifierFrom } from '@eventxperts/identity';
import { createPostgresBus, type Envelope, type EventBus } from '@eventxperts/messaging';
import { createSubgraph, type Subgraph } from '@eventxperts/subgraph';
import { pino } from 'pino';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  eventId,
  freshEventId,
  type OpenNotifications,
  openNotifications,
} from './notification/notifications.fixture.ts';
import { notifications } from './subgraph.ts';

const log = pino({ level: 'silent' });

let open: OpenNotifications;
let busDatabase: Awaited<ReturnType<typeof testDatabase>>;
let bus: EventBus;
let subgraph: Subgraph;

beforeAll(async () => {
  [open, busDatabase] = await Promise.all([openNotifications(), testDatabase()]);
  bus = createPostgresBus({ url: busDatabase.url, log });
  await bus.start();
  subgraph = createSubgraph(notifications, {
    config: open.config,
    databaseUrl: open.test.databaseUrl,
    poolSize: 3,
    bus,
    verifier: verifierFrom(identityEnvironment.parse(await generatePlatformKeys())),
    log,
  });
  await subgraph.start();
});
afterAll(async () => {
  await subgraph.stop();
  await bus.stop();
  await Promise.all([open.stop(), busDatabase.drop()]);
});

const publish = (envelope: Envelope) =>
  bus.publish([
    {
      topic: envelope.type.startsWith('event.') ? 'event' : 'invitation',
      key: envelope.subject,
      value: JSON.stringify(envelope),
    },
  ]);

it('mails an invitation that arrives before its event, and tells that it went out', async () => {
  const invite = await open.invited({ name: 'Lakshmi Rao', email: 'lakshmi@example.org' });
  await publish(invite);
  await publish(accessChanged());
  // Kafka's promise and ours is at least once: the same message comes again.
  await publish(invite);

  const sent = await vi.waitFor(
    async () => {
      const [row] = await open.prisma.notification.findMany({ where: { status: 'SENT' } });
      if (!row) throw new Error('not sent yet');
      return row;
    },
    { timeout: 15_000, interval: 50 },
  );
  expect(await open.mails()).toEqual([`${sent.id}.eml`]);
  const mail = await PostalMime.parse(await readFile(join(open.folder, `${sent.id}.eml`)));
  expect(mail.text).toContain(`https://guests.test/code-of-${invite.subject}`);
});

const accessChanged = (): Envelope<'event.access-changed'> => ({
  specversion: '1.0',
  id: freshEventId(),
  source: 'urn:eventxperts:events',
  type: 'event.access-changed',
  subject: eventId,
  time: '2027-01-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  dataschema: 'urn:eventxperts:event:event.access-changed',
  sequence: 1,
  data: {
    id: eventId,
    organizerId: '01890000-0000-7000-8000-000000000001',
    staff: [],
    title: 'A wedding',
    status: 'PUBLISHED',
    visibility: 'PRIVATE',
    admission: 'INVITATION',
    capacity: null,
    startsAt: '2027-02-14T13:00:00.000Z',
    endsAt: '2027-02-14T18:00:00.000Z',
    timeZone: 'Asia/Kolkata',
  },
});

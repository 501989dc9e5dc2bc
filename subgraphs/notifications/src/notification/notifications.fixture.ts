import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrismaAdapter, createTransact } from '@eventxperts/database';
import { generatePlatformKeys } from '@eventxperts/identity';
import { type Envelope, sealSecret } from '@eventxperts/messaging';
import { testSubgraph } from '@eventxperts/subgraph/testing';
import { environment } from '../environment.ts';
import { onInviteCreated } from '../events/on-invite-created.ts';
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { notifications } from '../subgraph.ts';

export const eventId = '01890000-0000-7000-8000-00000000000e';

/** The subgraph on a database and an outbox folder of its own, and a sealed invitation to hand it. */
export async function openNotifications() {
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'));
  const keys = await generatePlatformKeys();
  const config = environment.parse({
    ...keys,
    INVITATION_LINK: 'https://guests.test/{code}',
    MAIL_OUTBOX_DIR: folder,
  });
  const test = await testSubgraph(notifications, config);
  const prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 4 }),
  });
  const transaction = createTransact<Prisma.TransactionClient>(prisma);

  return {
    test,
    config,
    folder,
    prisma,
    store: { prisma, transaction },
    mails: async () => (await readdir(folder)).sort(),
    /** `invite.created` as invitations publishes it; the code is sealed for us. */
    async invited(
      guest: { name: string; email: string | null },
      invitationId: string = crypto.randomUUID(),
    ): Promise<Envelope<'invite.created'>> {
      const publicKey = JSON.parse(keys.NOTIFICATIONS_PUBLIC_KEY);
      const linkSecret = await sealSecret(publicKey, `code-of-${invitationId}`);
      return inviteCreated(invitationId, guest, linkSecret);
    },
    /** What the consumer does with a batch. */
    tell: (...envelopes: Envelope<'invite.created'>[]) =>
      transaction((tx) => onInviteCreated.handle(tx, envelopes)),
    async published(): Promise<Envelope[]> {
      const { rows } = await test.sql.query('select body from platform.outbox order by seq');
      return rows.map(({ body }) => JSON.parse(body));
    },
    async stop() {
      await prisma.$disconnect();
      await test.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type OpenNotifications = Awaited<ReturnType<typeof openNotifications>>;

/** UUIDv7 of now: the inbox takes no event older than its topic keeps. */
export function freshEventId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${crypto.randomUUID().slice(-12)}`;
}

function inviteCreated(
  id: string,
  guest: { name: string; email: string | null },
  linkSecret: string,
): Envelope<'invite.created'> {
  return {
    specversion: '1.0',
    id: freshEventId(),
    source: 'urn:eventxperts:invitations',
    type: 'invite.created',
    subject: id,
    time: '2027-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:eventxperts:event:invite.created',
    sequence: 1,
    data: {
      id,
      eventId,
      status: 'DRAFT',
      guest,
      plusOnesAllowed: 1,
      partySize: 2,
      linkSecret,
      createdAt: '2027-01-01T00:00:00.000Z',
    },
  };
}

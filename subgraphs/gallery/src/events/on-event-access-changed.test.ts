import { createPrismaAdapter } from '@eventxperts/database';
import type { Envelope } from '@eventxperts/messaging';
import { type TestSubgraph, testSubgraph } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { gallery } from '../subgraph.ts';
import { onEventAccessChanged } from './on-event-access-changed.ts';

const eventId = '01890000-0000-7000-8000-00000000000e';
const told: Envelope<'event.access-changed'> = {
  specversion: '1.0',
  id: '01890000-0000-7000-8000-0000000000ee',
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
    status: 'DRAFT',
    visibility: 'PRIVATE',
    admission: 'INVITATION',
    capacity: null,
    startsAt: '2027-02-14T13:00:00.000Z',
    endsAt: '2027-02-14T18:00:00.000Z',
    timeZone: 'Asia/Kolkata',
  },
};

let test: TestSubgraph;
let prisma: PrismaClient;

beforeAll(async () => {
  test = await testSubgraph(gallery, {});
  prisma = new PrismaClient({
    adapter: createPrismaAdapter({ url: test.databaseUrl, poolSize: 1 }),
  });
});
afterAll(async () => {
  await prisma.$disconnect();
  await test.stop();
});

it('opens one gallery, which stays the same when the event is told again', async () => {
  const tell = () => prisma.$transaction((tx) => onEventAccessChanged.handle(tx, [told, told]));
  await tell();
  const [opened] = await prisma.gallery.findMany();
  expect(opened?.eventId).toBe(eventId);
  expect(opened?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);

  await tell();
  expect(await prisma.gallery.findMany()).toEqual([opened]);
});

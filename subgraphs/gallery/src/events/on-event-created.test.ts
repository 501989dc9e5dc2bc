import { createPrismaAdapter } from '@eventxperts/database';
import type { Envelope } from '@eventxperts/messaging';
import { type TestSubgraph, testSubgraph } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PrismaClient } from '../generated/prisma/client.ts';
import { gallery } from '../subgraph.ts';
import { onEventCreated } from './on-event-created.ts';

const eventId = '01890000-0000-7000-8000-00000000000e';
const created: Envelope<'event.created'> = {
  specversion: '1.0',
  id: '01890000-0000-7000-8000-0000000000ee',
  source: 'urn:eventxperts:events',
  type: 'event.created',
  subject: eventId,
  time: '2027-01-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  dataschema: 'urn:eventxperts:event:event.created',
  sequence: 1,
  data: {
    id: eventId,
    organizerId: '01890000-0000-7000-8000-000000000001',
    parentId: null,
    title: 'A wedding',
    description: '',
    status: 'DRAFT',
    visibility: 'PRIVATE',
    admission: 'INVITATION',
    capacity: null,
    startsAt: '2027-02-14T13:00:00.000Z',
    endsAt: '2027-02-14T18:00:00.000Z',
    timeZone: 'Asia/Kolkata',
    venue: null,
    createdAt: '2027-01-01T00:00:00.000Z',
    updatedAt: '2027-01-01T00:00:00.000Z',
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
  const tell = () => prisma.$transaction((tx) => onEventCreated.handle(tx, [created]));
  await tell();
  const [opened] = await prisma.gallery.findMany();
  expect(opened?.eventId).toBe(eventId);
  expect(opened?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);

  await tell();
  expect(await prisma.gallery.findMany()).toEqual([opened]);
});

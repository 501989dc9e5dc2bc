import { anonymous, type Caller } from '@eventxperts/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EventAccessDatabase,
  eventAccessDatabase,
  idMadeAt,
  organizerId,
  userCalled,
} from './event-access.fixture.ts';
import { requireEvent } from './require-event.ts';
import { may, type Right } from './rights.ts';

const coHost = userCalled('01890000-0000-7000-8000-00000000000a');
const doorkeeper = userCalled('01890000-0000-7000-8000-00000000000b');
const moderator = userCalled('01890000-0000-7000-8000-00000000000c');
const organizer = userCalled(organizerId, ['ORGANIZER']);
const otherOrganizer = userCalled('01890000-0000-7000-8000-00000000000d', ['ORGANIZER']);
const admin = userCalled('01890000-0000-7000-8000-00000000000e', ['SUPER_ADMIN']);
const guest: Caller = {
  kind: 'guest',
  eventId: organizerId,
  invitationId: organizerId,
  token: 'guest',
  expiresAt: new Date(),
};
const staff = [
  { userId: coHost.id, role: 'CO_HOST' as const },
  { userId: doorkeeper.id, role: 'CHECK_IN' as const },
  { userId: moderator.id, role: 'MODERATOR' as const },
];

describe('who may do what', () => {
  const all: Right[] = ['manage', 'check-in', 'moderate'];
  it.each<[string, Caller, Right[]]>([
    ['the organizer', organizer, all],
    ['a super admin', admin, all],
    ['a co-host', coHost, all],
    ['a doorkeeper', doorkeeper, ['check-in']],
    ['a moderator', moderator, ['moderate']],
    ['another organizer', otherOrganizer, []],
    ['a guest', guest, []],
    ['nobody in particular', anonymous, []],
  ])('%s', (_, caller, rights) => {
    const granted = all.filter((right) => may(caller, { organizerId, staff }, right));
    expect(granted).toEqual(rights);
  });
});

describe('a command on an event', () => {
  let database: EventAccessDatabase;
  beforeAll(async () => {
    database = await eventAccessDatabase();
  });
  afterAll(() => database.stop());

  const codeFor = (caller: Caller, id: string) =>
    requireEvent(database.tx, caller, id, 'manage').then(
      () => 'allowed',
      (error: { code: string }) => error.code,
    );

  it.each([
    ['PUBLISHED', 'PUBLIC', 'FORBIDDEN'],
    ['CANCELLED', 'PUBLIC', 'FORBIDDEN'],
    ['DRAFT', 'PUBLIC', 'NOT_FOUND'],
    ['PUBLISHED', 'UNLISTED', 'NOT_FOUND'],
    ['PUBLISHED', 'PRIVATE', 'NOT_FOUND'],
  ] as const)('%s and %s is %s to a stranger', async (status, visibility, code) => {
    const id = idMadeAt();
    await database.arrive(id, 2, { status, visibility, staff });
    expect(await codeFor(otherOrganizer, id)).toBe(code);
    expect(await codeFor(doorkeeper, id)).toBe(code);
    expect(await codeFor(coHost, id)).toBe('allowed');
  });

  it('that is unknown is NOT_READY while it may be on its way, and NOT_FOUND after', async () => {
    expect(await codeFor(organizer, idMadeAt())).toBe('NOT_READY');
    const old = idMadeAt(Date.now() - 120_000);
    expect(await codeFor(organizer, old)).toBe('NOT_FOUND');
    expect(await codeFor(organizer, 'x')).toBe('NOT_FOUND');
  });
});

import { CodedError, notFound, parseInput } from '@eventxperts/errors';
import { may } from '@eventxperts/event-access';
import { id as idSchema } from '@eventxperts/graphql';
import type { Caller, UserCaller } from '@eventxperts/identity';
import { type DomainStore, type IdempotentCall, once } from '@eventxperts/subgraph';
import { v7 as uuidv7 } from 'uuid';
import type { Event as EventRow, Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { type CreateEventInput, type NewEvent, newEvent } from './event.input.ts';
import { recordEvent } from './event.record.ts';
import { type EventWithStaff, isVisible } from './event.rules.ts';

export type EventStore = DomainStore<Prisma.TransactionClient, PrismaClient>;

const mostSessions = 100;

/** Making an event and moving it through its life. Each method is one transaction. */
export class EventService {
  constructor(private readonly store: EventStore) {}

  async create(call: IdempotentCall & { input: CreateEventInput }): Promise<EventRow> {
    const { caller, input } = call;
    if (caller.kind !== 'user') throw new CodedError('UNAUTHENTICATED');
    const event = parseInput(newEvent, input);
    const [made] = await this.store.transaction((tx) =>
      once(
        tx,
        call,
        async () => [await insertEvent(tx, caller, event)],
        (ids) => tx.event.findMany({ where: { id: { in: [...ids] } }, include: { staff: true } }),
      ),
    );
    if (!made) throw notFound('Event');
    return made;
  }

  publish(caller: Caller, id: string): Promise<EventRow> {
    return this.store.transaction(async (tx) => {
      const event = await lockManaged(tx, caller, id);
      if (event.status === 'PUBLISHED') return event;
      if (event.status === 'CANCELLED') {
        throw new CodedError('CONFLICT', 'A cancelled event cannot be published.');
      }
      await tx.event.update({ where: { id: event.id }, data: { status: 'PUBLISHED' } });
      return recordEvent(tx, event.id, 'event.published');
    });
  }

  cancel(caller: Caller, id: string): Promise<EventRow> {
    return this.store.transaction(async (tx) => {
      const event = await lockManaged(tx, caller, id);
      if (event.status === 'CANCELLED') return event;
      await tx.event.update({ where: { id: event.id }, data: { status: 'CANCELLED' } });
      return recordEvent(tx, event.id, 'event.cancelled');
    });
  }
}

async function insertEvent(
  tx: Prisma.TransactionClient,
  caller: UserCaller,
  event: NewEvent,
): Promise<EventWithStaff> {
  const parent = event.parentId ? await lockParent(tx, caller, event.parentId) : null;
  const { id } = await tx.event.create({
    data: {
      id: uuidv7(),
      organizerId: parent?.organizerId ?? caller.id,
      // Or a co-host could not open the session that they have just made.
      staff: { create: parent?.staff.map(({ userId, role }) => ({ userId, role })) ?? [] },
      ...columnsOf(event, parent),
    },
  });
  return recordEvent(tx, id, 'event.created');
}

/** Locks the row first, so that two changes of one event follow each other. */
async function lockManaged(
  tx: Prisma.TransactionClient,
  caller: Caller,
  key: string,
): Promise<EventWithStaff> {
  const id = idSchema.safeParse(key).data;
  if (id === undefined) throw notFound('Event');
  await tx.$queryRaw`select 1 from event where id = ${id}::uuid for update`;
  const event = await tx.event.findUnique({ where: { id }, include: { staff: true } });
  if (!event || !isVisible(event, caller)) throw notFound('Event');
  if (!may(caller, event, 'manage')) throw new CodedError('FORBIDDEN');
  return event;
}

async function lockParent(tx: Prisma.TransactionClient, caller: Caller, id: string) {
  const parent = await lockManaged(tx, caller, id);
  if (parent.parentId) {
    throw new CodedError('BAD_USER_INPUT', 'A session cannot have sessions.', {
      field: 'parentId',
    });
  }
  if (parent.status === 'CANCELLED') {
    throw new CodedError('CONFLICT', 'A cancelled event takes no new sessions.', {
      field: 'parentId',
    });
  }
  const sessions = await tx.event.count({ where: { parentId: parent.id } });
  if (sessions >= mostSessions) {
    throw new CodedError('BAD_USER_INPUT', `An event has at most ${mostSessions} sessions.`, {
      field: 'parentId',
    });
  }
  return parent;
}

function columnsOf(event: NewEvent, parent: EventRow | null) {
  const { venue } = event;
  return {
    parentId: parent?.id ?? null,
    title: event.title,
    description: event.description ?? '',
    visibility: event.visibility ?? parent?.visibility ?? 'PRIVATE',
    admission: event.admission ?? parent?.admission ?? 'INVITATION',
    capacity: event.capacity ?? null,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    timeZone: event.timeZone,
    venueName: venue?.name ?? null,
    venueAddress: venue?.address ?? null,
    venueCity: venue?.city ?? null,
    venueLatitude: venue?.latitude ?? null,
    venueLongitude: venue?.longitude ?? null,
    cityKey: venue?.city?.toLowerCase() ?? null,
    searchText: [event.title, event.description, venue?.name, venue?.city]
      .filter(Boolean)
      .join('\n')
      .toLowerCase(),
  } as const;
}

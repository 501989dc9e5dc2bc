import { type TestSubgraph, testSubgraph, userNamed } from '@eventxperts/subgraph/testing';
import { z } from 'zod';
import { events } from '../subgraph.ts';

export const organizer = userNamed('01890000-0000-7000-8000-000000000001', ['ORGANIZER']);
export const coHost = userNamed('01890000-0000-7000-8000-000000000002', ['ORGANIZER']);
export const doorkeeper = userNamed('01890000-0000-7000-8000-000000000003');
export const stranger = userNamed('01890000-0000-7000-8000-000000000004', ['ORGANIZER']);
export const user = userNamed('01890000-0000-7000-8000-000000000005');
export const admin = userNamed('01890000-0000-7000-8000-000000000006', ['SUPER_ADMIN']);

export const createEvent = `mutation ($input: CreateEventInput!) { createEvent(input: $input) {
  id title description status visibility admission capacity startsAt endsAt timeZone
  venue { name address city latitude longitude } organizer { id } parent { id } } }`;
export const publishEvent = 'mutation ($id: ID!) { publishEvent(id: $id) { id status } }';
export const cancelEvent = 'mutation ($id: ID!) { cancelEvent(id: $id) { id status } }';
export const oneEvent = 'query ($id: ID!) { event(id: $id) { id title status } }';
export const entities = `query ($refs: [_Any!]!) {
  _entities(representations: $refs) { ... on Event { id title } } }`;
export const referTo = (id: unknown) => ({ refs: [{ __typename: 'Event', id }] });

/** A valid input; a test names only what it is about. */
export const wedding = (change: Record<string, unknown> = {}) => ({
  title: 'Amrutha weds Ravi',
  startsAt: '2027-02-14T18:30:00+05:30',
  endsAt: '2027-02-14T23:30:00+05:30',
  timeZone: 'Asia/Kolkata',
  ...change,
});

const created = z.object({ createEvent: z.object({ id: z.string() }) });
const published = z.object({
  type: z.string(),
  sequence: z.number(),
  subject: z.string(),
  data: z.looseObject({ id: z.string() }),
});

/** The subgraph on a database of its own, with the shortcuts that its tests share. */
export async function eventsSubgraph() {
  const test: TestSubgraph = await testSubgraph(events, {});

  const make = async (change: Record<string, unknown> = {}, by = organizer): Promise<string> => {
    const { data, errors } = await test.ask(by, createEvent, { input: wedding(change) });
    if (errors) throw new Error(JSON.stringify(errors));
    return created.parse(data).createEvent.id;
  };

  return {
    ...test,
    make,
    async makePublished(change: Record<string, unknown> = {}) {
      const id = await make(change);
      await test.ask(organizer, publishEvent, { id });
      return id;
    },
    grant: (eventId: string, userId: string, role: 'CO_HOST' | 'CHECK_IN' | 'MODERATOR') =>
      test.sql.query('insert into staff (event_id, user_id, role) values ($1, $2, $3)', [
        eventId,
        userId,
        role,
      ]),
    /** What the relay would publish of this event, oldest first. */
    async told(id: string) {
      const { rows } = await test.sql.query<{ body: string }>(
        'select body from platform.outbox where key = $1 order by seq',
        [id],
      );
      return rows.map(({ body }) => published.parse(JSON.parse(body)));
    },
  };
}

export type EventsSubgraph = Awaited<ReturnType<typeof eventsSubgraph>>;

/** The code of each error, and the field where it names one. */
export const refusalsOf = ({ errors = [] }: { errors?: readonly unknown[] }) =>
  z
    .array(z.object({ extensions: z.object({ code: z.string(), field: z.string().optional() }) }))
    .parse(errors)
    .map(({ extensions: { code, field } }) => (field === undefined ? code : `${code} ${field}`));

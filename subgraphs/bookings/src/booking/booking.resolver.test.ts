import { anonymous } from '@eventxperts/identity';
import {
  knowEvent,
  type TestSubgraph,
  testSubgraph,
  userNamed,
} from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookings } from '../subgraph.ts';

const booker = userNamed('01890000-0000-7000-8000-000000000001');
const organizer = userNamed('01890000-0000-7000-8000-000000000002');
const stranger = userNamed('01890000-0000-7000-8000-000000000003');
const eventId = '01890000-0000-7000-8000-00000000000e';
const idOf = (number: number) =>
  `01890000-0000-7000-8000-0000000001${String(number).padStart(2, '0')}`;

const one =
  'query ($id: ID!) { booking(id: $id) { id status total { amount currency } event { id } } }';
const entities = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Booking { id } } }`;
const reference = (id: string) => ({ refs: [{ __typename: 'Booking', id }] });
const own = `query ($user: _Any!, $first: Int, $after: String) {
  _entities(representations: [$user]) {
    ... on User { bookings(first: $first, after: $after) {
      nodes { id } pageInfo { hasNextPage endCursor } } } } }`;

let test: TestSubgraph;

beforeAll(async () => {
  test = await testSubgraph(bookings, {});
  await knowEvent(test.sql, { eventId, organizerId: organizer.id });
  for (const number of [1, 2, 3]) await book(idOf(number));
});
afterAll(() => test.stop());

const book = (id: string, change: Record<string, unknown> = {}) => {
  const row = { status: 'CONFIRMED', quantity: 2, price: 250_000, currency: 'INR', ...change };
  return test.sql.query(
    `insert into booking (id, event_id, booker_id, status, quantity, total_price, currency, held_until, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [id, eventId, booker.id, row.status, row.quantity, row.price, row.currency, change.heldUntil],
  );
};

describe('a booking', () => {
  it('is shown to its booker, with the price in minor units', async () => {
    expect(await test.ask(booker, one, { id: idOf(1) })).toEqual({
      data: {
        booking: {
          id: idOf(1),
          status: 'CONFIRMED',
          total: { amount: 250_000, currency: 'INR' },
          event: { id: eventId },
        },
      },
    });
  });

  it('is shown to the organizer of its event', async () => {
    const { data } = await test.ask(organizer, one, { id: idOf(1) });
    expect(data).toMatchObject({ booking: { id: idOf(1) } });
  });

  it.each([
    ['asked for', one, { id: idOf(1) }, { booking: null }],
    ['referred to', entities, reference(idOf(1)), { _entities: [null] }],
  ])('is null to a stranger, %s', async (_, query, variables, nothing) => {
    expect(await test.ask(stranger, query, variables)).toEqual({ data: nothing });
  });

  it('needs a signed-in caller', async () => {
    const { errors } = await test.ask(anonymous, one, { id: idOf(1) });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it.each(['no-id', '', idOf(99)])('is null under %j', async (id) => {
    expect(await test.ask(booker, entities, reference(id))).toEqual({
      data: { _entities: [null] },
    });
  });
});

describe('the bookings of a user', () => {
  const page = (caller: typeof booker, variables: Record<string, unknown> = {}) =>
    test.ask(caller, own, { user: { __typename: 'User', id: booker.id }, ...variables });

  it('are paged, newest first', async () => {
    const cursor = await page(booker, { first: 2 }).then(({ data, errors }) => {
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({
        _entities: [{ bookings: { nodes: [{ id: idOf(3) }, { id: idOf(2) }] } }],
      });
      return JSON.parse(JSON.stringify(data))._entities[0].bookings.pageInfo;
    });
    expect(cursor.hasNextPage).toBe(true);
    expect((await page(booker, { first: 2, after: cursor.endCursor })).data).toMatchObject({
      _entities: [{ bookings: { nodes: [{ id: idOf(1) }], pageInfo: { hasNextPage: false } } }],
    });
  });

  it('are nobody else’s business', async () => {
    expect((await page(stranger)).data).toEqual({ _entities: [{ bookings: null }] });
  });

  it('refuse a cursor that is none', async () => {
    const { errors } = await page(booker, { after: 'nonsense' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  });
});

describe('the table refuses', () => {
  it.each([
    ['no seats', { quantity: 0 }],
    ['a negative price', { price: -1 }],
    ['a currency that is no code', { currency: 'rs' }],
    ['a hold without an end', { status: 'HELD' }],
    ['an end without a hold', { heldUntil: new Date() }],
  ])('%s', async (_, change) => {
    await expect(book(idOf(50), change)).rejects.toThrow(/check constraint/);
  });
});

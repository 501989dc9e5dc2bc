import { anonymous } from '@eventxperts/identity';
import { type TestSubgraph, testSubgraph, userNamed } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payments } from '../subgraph.ts';

const payer = userNamed('01890000-0000-7000-8000-000000000001');
const stranger = userNamed('01890000-0000-7000-8000-000000000002', ['USER', 'ORGANIZER']);
const admin = userNamed('01890000-0000-7000-8000-000000000003', ['SUPER_ADMIN']);
const id = '01890000-0000-7000-8000-000000000101';

const one = `query ($id: ID!) { payment(id: $id) {
  id status amount { amount currency } captured { amount } refunded { amount } payer { id } } }`;
const entities = `{ _entities(representations: [{ __typename: "Payment", id: "${id}" }]) {
  ... on Payment { id } } }`;

let test: TestSubgraph;

beforeAll(async () => {
  test = await testSubgraph(payments, {});
  await pay({ id, reference: 'pi_1' });
});
afterAll(() => test.stop());

const pay = (change: Record<string, unknown> = {}) => {
  const row = {
    id: '01890000-0000-7000-8000-000000000199',
    checkoutId: crypto.randomUUID(),
    status: 'CAPTURED',
    // Beyond 32 bits: a large wedding in paise.
    amount: 5_000_000_000,
    captured: 4_000_000_000,
    refunded: 100,
    currency: 'INR',
    reference: null,
    ...change,
  };
  return test.sql.query(
    `insert into payment (id, payer_id, checkout_id, status, amount, captured, refunded, currency,
       provider, reference, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'sandbox', $9, now())`,
    [
      row.id,
      payer.id,
      row.checkoutId,
      row.status,
      row.amount,
      row.captured,
      row.refunded,
      row.currency,
      row.reference,
    ],
  );
};

describe('a payment', () => {
  it('is shown to its payer, amounts beyond 32 bits included', async () => {
    expect(await test.ask(payer, one, { id })).toEqual({
      data: {
        payment: {
          id,
          status: 'CAPTURED',
          amount: { amount: 5_000_000_000, currency: 'INR' },
          captured: { amount: 4_000_000_000 },
          refunded: { amount: 100 },
          payer: { id: payer.id },
        },
      },
    });
  });

  it('is shown to an administrator', async () => {
    expect((await test.ask(admin, entities)).data).toEqual({ _entities: [{ id }] });
  });

  it('is null to a stranger, asked for or referred to', async () => {
    expect(await test.ask(stranger, one, { id })).toEqual({ data: { payment: null } });
    expect(await test.ask(stranger, entities)).toEqual({ data: { _entities: [null] } });
    expect(await test.ask(anonymous, entities)).toEqual({ data: { _entities: [null] } });
  });

  it('needs a signed-in caller', async () => {
    const { errors } = await test.ask(anonymous, one, { id });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('the table refuses', () => {
  it.each([
    ['nothing to pay', { amount: 0, captured: 0, refunded: 0 }],
    ['more taken than asked for', { captured: 5_000_000_001 }],
    ['more given back than taken', { refunded: 4_000_000_001 }],
    ['a negative refund', { refunded: -1 }],
    ['money taken by a payment that failed', { status: 'FAILED' }],
    ['a currency that is no code', { currency: 'in' }],
  ])('%s', async (_, change) => {
    await expect(pay(change)).rejects.toThrow(/check constraint/);
  });

  it('one payment of the provider twice', async () => {
    await expect(pay({ reference: 'pi_1' })).rejects.toThrow(/payment_of_provider/);
  });
});

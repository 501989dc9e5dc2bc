import { anonymous } from '@eventxperts/identity';
import { type TestSubgraph, testSubgraph, userNamed } from '@eventxperts/subgraph/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketplace } from '../subgraph.ts';

const owner = userNamed('01890000-0000-7000-8000-000000000001', ['STORE_OWNER']);
const stranger = userNamed('01890000-0000-7000-8000-000000000002', ['STORE_OWNER']);
const openId = '01890000-0000-7000-8000-000000000101';
const draftId = '01890000-0000-7000-8000-000000000102';

const one = 'query ($id: ID!) { store(id: $id) { name city currency owner { id } } }';
const entities = `query ($id: ID!) {
  _entities(representations: [{ __typename: "Store", id: $id }]) { ... on Store { id } } }`;

let test: TestSubgraph;

beforeAll(async () => {
  test = await testSubgraph(marketplace, {});
  await open(openId, 'Marigold Decor', 'OPEN');
  await open(draftId, 'Not ready', 'DRAFT');
});
afterAll(() => test.stop());

const open = (id: string, name: string, status: string, currency = 'INR') =>
  test.sql.query(
    `insert into store (id, owner_id, name, city, status, currency, updated_at)
     values ($1, $2, $3, 'Hyderabad', $4, $5, now())`,
    [id, owner.id, name, status, currency],
  );

describe('a store', () => {
  it('is shown to all while it is open', async () => {
    expect(await test.ask(anonymous, one, { id: openId })).toEqual({
      data: {
        store: {
          name: 'Marigold Decor',
          city: 'Hyderabad',
          currency: 'INR',
          owner: { id: owner.id },
        },
      },
    });
  });

  it('is null to a stranger while it is not, asked for or referred to', async () => {
    expect((await test.ask(stranger, one, { id: draftId })).data).toEqual({ store: null });
    expect((await test.ask(stranger, entities, { id: draftId })).data).toEqual({
      _entities: [null],
    });
  });

  it('is its owner’s at any time', async () => {
    expect((await test.ask(owner, entities, { id: draftId })).data).toEqual({
      _entities: [{ id: draftId }],
    });
  });
});

describe('the table refuses', () => {
  const next = '01890000-0000-7000-8000-000000000103';

  it('a second store of that name from one owner', async () => {
    await expect(open(next, 'Not ready', 'DRAFT')).rejects.toThrow(/store_name_of_owner/);
  });
  it('a store without a name', async () => {
    await expect(open(next, '', 'DRAFT')).rejects.toThrow(/check constraint/);
  });
  it('a currency that is no code', async () => {
    await expect(open(next, 'Lamps', 'DRAFT', '???')).rejects.toThrow(/check constraint/);
  });
});

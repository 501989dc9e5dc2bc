import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type UsersSubgraph, usersSubgraph } from './users-subgraph.fixture.ts';

let subgraph: UsersSubgraph;
let organizer: { id: string; token: string };
let stranger: { id: string; token: string };
let admin: { id: string; token: string };

beforeAll(async () => {
  subgraph = await usersSubgraph();
  organizer = await subgraph.newUser('organizer@example.com', ['ORGANIZER']);
  stranger = await subgraph.newUser('stranger@example.com', ['USER']);
  const promoted = await subgraph.newUser('admin@example.com', ['USER']);
  await subgraph.database.prisma.user.update({
    where: { id: promoted.id },
    data: { roles: ['SUPER_ADMIN'] },
  });
  const { data } = await subgraph.ask(
    `mutation { login(input: {email: "admin@example.com", password: "kalyanam-2027"}) { accessToken } }`,
  );
  admin = { id: promoted.id, token: JSON.parse(JSON.stringify(data)).login.accessToken };
});
afterAll(() => subgraph.stop());

const lookup = (ids: readonly unknown[], token?: string) =>
  subgraph.ask(
    `query ($references: [_Any!]!) {
      _entities(representations: $references) {
        ... on User { id displayName email roles createdAt }
      }
    }`,
    { references: ids.map((id) => ({ __typename: 'User', id })) },
    token,
  );

describe('me', () => {
  it('is the caller', async () => {
    const answer = await subgraph.ask('{ me { id displayName email roles } }', {}, organizer.token);
    expect(answer).toEqual({
      data: {
        me: {
          id: organizer.id,
          displayName: 'organizer@example.com',
          email: 'organizer@example.com',
          roles: ['ORGANIZER'],
        },
      },
    });
  });

  it.each([
    ['no token', undefined],
    ['a token that is none', 'a.b.c'],
  ])('is UNAUTHENTICATED with %s', async (_what, token) => {
    expect(await subgraph.ask('{ me { id } }', {}, token)).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });
});

describe('a user seen by reference', () => {
  it('shows an organizer by name alone to a stranger and to nobody in particular', async () => {
    const shown = {
      id: organizer.id,
      displayName: 'organizer@example.com',
      email: null,
      roles: null,
    };
    expect(await lookup([organizer.id], stranger.token)).toMatchObject({
      data: { _entities: [shown] },
    });
    expect(await lookup([organizer.id])).toMatchObject({ data: { _entities: [shown] } });
  });

  it('does not show to a stranger that a plain user exists', async () => {
    expect(await lookup([stranger.id], organizer.token)).toEqual({ data: { _entities: [null] } });
  });

  it('shows everything to the user and to an administrator', async () => {
    const shown = { email: 'stranger@example.com', roles: ['USER'] };
    for (const { token } of [stranger, admin]) {
      expect(await lookup([stranger.id], token)).toMatchObject({ data: { _entities: [shown] } });
    }
  });

  it('is null when unknown, malformed or suspended, and the others are still answered', async () => {
    const suspended = await subgraph.newUser('suspended@example.com', ['ORGANIZER']);
    await subgraph.database.prisma.user.update({
      where: { id: suspended.id },
      data: { status: 'SUSPENDED' },
    });
    const ids = ['01890a5d-ac96-774b-bcce-b302099a8057', 'x', 7, suspended.id, organizer.id];
    expect(await lookup(ids, admin.token)).toMatchObject({
      data: { _entities: [null, null, null, null, { id: organizer.id }] },
    });
  });
});

describe('a suspended user', () => {
  it('is refused with the tokens held from before, within the age of the snapshot', async () => {
    const barred = await subgraph.newUser('barred@example.com', ['ORGANIZER']);
    await subgraph.database.prisma.$executeRaw`
      INSERT INTO platform.user_status (user_id, status, sequence)
      VALUES (${barred.id}::uuid, 'SUSPENDED', 2)`;
    await expect
      .poll(() => subgraph.ask('{ me { id } }', {}, barred.token), { timeout: 3_000 })
      .toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

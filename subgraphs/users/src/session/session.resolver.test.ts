import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type UsersSubgraph, usersSubgraph } from '../user/users-subgraph.fixture.ts';

let subgraph: UsersSubgraph;
beforeAll(async () => {
  subgraph = await usersSubgraph();
});
afterAll(() => subgraph.stop());

const registerDocument = `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken refreshToken expiresAt user { id displayName email roles } }
}`;
const loginDocument = `mutation ($input: LoginInput!) {
  login(input: $input) { accessToken user { id email } }
}`;

const valid = {
  email: 'amrutha@example.com',
  password: 'kalyanam-2027',
  displayName: 'Amrutha',
  roles: ['ORGANIZER'],
};

const register = (changes: Record<string, unknown> = {}) =>
  subgraph.ask(registerDocument, { input: { ...valid, ...changes } });

describe('register', () => {
  it('gives tokens that are good at once, and the account they are for', async () => {
    const answer = await register();
    expect(answer).toEqual({
      data: {
        register: {
          accessToken: expect.any(String),
          refreshToken: expect.any(String),
          expiresAt: expect.stringMatching(/Z$/),
          user: {
            id: expect.any(String),
            displayName: 'Amrutha',
            email: 'amrutha@example.com',
            roles: ['ORGANIZER'],
          },
        },
      },
    });
  });

  it('knows an address again however it is written', async () => {
    await register({ email: 'ravi@example.com' });
    expect(await register({ email: ' Ravi@EXAMPLE.com' })).toMatchObject({
      errors: [{ extensions: { code: 'CONFLICT', field: 'email' } }],
    });
  });

  it('makes a plain user of whoever names no role', async () => {
    expect(await register({ email: 'plain@example.com', roles: undefined })).toMatchObject({
      data: { register: { user: { roles: ['USER'] } } },
    });
  });

  it.each([
    ['email', 'amrutha@example.com\nBcc: all@example.com'],
    ['email', 'amrutha\0@example.com'],
    ['email', `${'a'.repeat(250)}@example.com`],
    ['email', 'not an address'],
    ['email', ''],
    ['password', 'short'],
    ['password', 'x'.repeat(201)],
    ['password', 'zero\0byte-inside'],
    ['displayName', ''],
    ['displayName', 'two\nlines'],
    ['displayName', 'zero\0byte'],
    ['displayName', 'x'.repeat(101)],
    ['roles', ['SUPER_ADMIN']],
    ['roles', ['ORGANIZER', 'SUPER_ADMIN']],
  ])('refuses %s %j and changes nothing', async (field, value) => {
    const before = await subgraph.database.prisma.user.count();
    const answer = await register({ email: 'new@example.com', [field]: value });
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }] });
    expect(await subgraph.database.prisma.user.count()).toBe(before);
  });

  it.each([
    ['email', 7],
    ['email', ['a@example.com']],
    ['email', null],
    ['password', { length: 10 }],
    ['roles', ['EMPEROR']],
    ['status', 'ACTIVE'],
    ['id', '01890a5d-ac96-774b-bcce-b302099a8057'],
  ])('refuses %s of the wrong type: %j', async (field, value) => {
    const answer = await register({ [field]: value });
    expect(answer.errors).toHaveLength(1);
    expect(answer.data ?? null).toBeNull();
    expect(JSON.stringify(answer)).not.toContain('INTERNAL');
  });
});

describe('login', () => {
  it('is answered alike for a wrong password and an unknown address', async () => {
    await register({ email: 'known@example.com' });
    const attempt = (email: string) =>
      subgraph.ask(loginDocument, { input: { email, password: 'not the password' } });
    const wrong = await attempt('known@example.com');
    expect(wrong).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await attempt('unknown@example.com')).toEqual(wrong);
  });

  it('shows the caller their own personal fields', async () => {
    await register({ email: 'self@example.com' });
    const input = { email: 'self@example.com', password: 'kalyanam-2027' };
    expect(await subgraph.ask(loginDocument, { input })).toMatchObject({
      data: { login: { user: { email: 'self@example.com' } } },
    });
  });
});

import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { localKeys } from './keys.ts';
import { userIdOf } from './user-id.ts';
import { rolesClaim, testKey, validClaims, verifierOf } from './verifier.fixture.ts';

let key: JWK;
beforeAll(async () => {
  key = await testKey('current');
});

const sign = async (claims: JWTPayload) =>
  `Bearer ${await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: 'current', typ: 'at+jwt' })
    .sign(await importJWK(key, 'EdDSA'))}`;

describe('a verified caller', () => {
  it('is the user that the token names, with the roles this platform knows', async () => {
    const token = await sign({
      ...validClaims(),
      user_id: '01890A5D-AC96-774B-BCCE-B302099A8057',
      sid: 'session-1',
      [rolesClaim]: ['ORGANIZER', 'WAREHOUSE_CLERK', 7],
    });
    expect(await verifierOf(key).verify(token)).toMatchObject({
      kind: 'user',
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      roles: ['ORGANIZER'],
      sessionId: 'session-1',
      subject: 'auth0|amrutha',
      token: token.slice('Bearer '.length),
    });
  });

  it('has the same id everywhere when the issuer names none', async () => {
    const caller = await verifierOf(key).verify(await sign(validClaims()));
    expect(caller).toMatchObject({
      id: userIdOf('https://issuer.test', 'auth0|amrutha'),
      roles: [],
    });
  });

  it('takes an e-mail address only when the issuer has verified it', async () => {
    const email = 'amrutha@example.com';
    const verified = await sign({ ...validClaims(), email, email_verified: true });
    const claimed = await sign({ ...validClaims(), email });
    expect(await verifierOf(key).verify(verified)).toMatchObject({ profile: { email } });
    expect(await verifierOf(key).verify(claimed)).toMatchObject({ profile: {} });
  });

  it.each([undefined, ''])('is anonymous when the header is %o', async (header) => {
    expect(await verifierOf(key).verify(header)).toEqual({ kind: 'anonymous' });
  });
});

describe('a token that was verified before', () => {
  it('costs no second verification', async () => {
    const userKeys = vi.fn(localKeys({ keys: [key] }));
    const verifier = verifierOf(key, { userKeys });
    const token = await sign(validClaims());
    expect(await verifier.verify(token)).toBe(await verifier.verify(token));
    expect(userKeys).toHaveBeenCalledTimes(1);
  });

  it('is refused once it has expired', async () => {
    const verifier = verifierOf(key);
    const token = await sign(validClaims());
    await verifier.verify(token);
    vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ['Date'] });
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    vi.useRealTimers();
  });

  it('is refused once its session is revoked', async () => {
    let revoked = false;
    const verifier = verifierOf(key, { isRevoked: () => revoked });
    const token = await sign(validClaims());
    await verifier.verify(token);
    revoked = true;
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

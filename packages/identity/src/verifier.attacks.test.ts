import { createHmac, createPublicKey } from 'node:crypto';
import {
  base64url,
  importJWK,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicJwks } from './keys.ts';
import { now, testKey, validClaims, verifierOf } from './verifier.fixture.ts';

let rsa: JWK;
let attacker: JWK;
beforeAll(async () => {
  [rsa, attacker] = await Promise.all([testKey('current', 'RS256'), testKey('current', 'RS256')]);
});

const encode = (part: unknown) => base64url.encode(JSON.stringify(part));

async function sign(claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}, key = rsa) {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'current', typ: 'at+jwt', ...header })
    .sign(await importJWK(key, 'RS256'), { crit: { urgent: true } });
}

/** The public key as PEM is public: with HS256 allowed it would be a shared secret that all know. */
function signedWithPublicKey(): string {
  const [publicKey] = publicJwks({ keys: [rsa] }).keys;
  const pem = createPublicKey({ key: { ...publicKey }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  const content = `${encode({ alg: 'HS256', kid: 'current' })}.${encode(validClaims())}`;
  return `${content}.${createHmac('sha256', pem).update(content).digest('base64url')}`;
}

const signedByAttacker = (header: Partial<JWTHeaderParameters>) =>
  sign(validClaims(), header, attacker);

const withChangedClaims = async () => {
  const [header, , signature] = (await sign(validClaims())).split('.');
  return `${header}.${encode({ ...validClaims(), sub: 'someone else' })}.${signature}`;
};

const attacks: Record<string, () => string | Promise<string>> = {
  'alg none': () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(validClaims())}.`,
  'alg NoNe with a signature': () => `${encode({ alg: 'NoNe' })}.${encode(validClaims())}.AAAA`,
  'HS256 with the public key': signedWithPublicKey,
  'another issuer': () => sign({ ...validClaims(), iss: 'https://issuer.evil' }),
  'the issuer with a slash more': () => sign({ ...validClaims(), iss: 'https://issuer.test/' }),
  'no issuer': () => sign({ ...validClaims(), iss: undefined }),
  'another audience': () => sign({ ...validClaims(), aud: 'https://other.test' }),
  'no audience': () => sign({ ...validClaims(), aud: undefined }),
  'another key under the same kid': () => signedByAttacker({}),
  'an unknown kid': () => sign(validClaims(), { kid: 'next' }),
  'a path for a kid': () => signedByAttacker({ kid: '../../../../dev/null' }),
  'an address for a kid': () => signedByAttacker({ kid: 'https://issuer.evil/jwks' }),
  'a query for a kid': () => signedByAttacker({ kid: "' UNION SELECT 'AAAA" }),
  'its own key in jwk': () =>
    signedByAttacker({ jwk: { ...publicJwks({ keys: [attacker] }).keys[0] } as JWK }),
  'the address of its key in jku': () => signedByAttacker({ jku: 'https://issuer.evil/jwks' }),
  'the address of its certificate in x5u': () => signedByAttacker({ x5u: 'https://issuer.evil/x' }),
  'its certificate in x5c': () => signedByAttacker({ x5c: ['MIIB'] }),
  'an extension that must be understood': () =>
    sign(validClaims(), { crit: ['urgent'], urgent: true }),
  expired: () => sign({ ...validClaims(), exp: now() - 60 }),
  'no expiry': () => sign({ ...validClaims(), exp: undefined }),
  'not yet valid': () => sign({ ...validClaims(), nbf: now() + 60 }),
  'no subject': () => sign({ ...validClaims(), sub: undefined }),
  'an ID token of another type': () => sign(validClaims(), { typ: 'logout+jwt' }),
  'claims changed after signing': withChangedClaims,
  'a user id that is none': () => sign({ ...validClaims(), user_id: '1 OR 1=1' }),
  'a platform issuer without its key': () =>
    sign({ ...validClaims(), iss: 'https://platform.eventxperts' }, { typ: 'service+jwt' }),
  'huge claims': () => sign({ ...validClaims(), junk: 'x'.repeat(20_000) }),
  garbage: () => 'not.a.token',
  'four parts': async () => `${await sign(validClaims())}.AAAA`,
  'a literal null': () => 'null',
  'zero bytes': () => '\0.\0.\0',
};

describe('a bad token', () => {
  it.each(Object.entries(attacks))('is refused: %s', async (_name, forge) => {
    const attempt = verifierOf(rsa).verify(`Bearer ${await forge()}`);
    const { message, extensions } = await attempt.then(
      () => expect.fail('the token was accepted'),
      (error: { message: string; extensions: unknown }) => error,
    );
    expect({ message, extensions }).toEqual({
      message: 'No valid access token came with the request.',
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer ', 'bearer  two-spaces', 'Bearer a.b.c, Bearer d.e.f'])(
    'is refused: the header %o',
    async (header) => {
      await expect(verifierOf(rsa).verify(header)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    },
  );

  it('was refused for its fault alone: the same token without it is accepted', async () => {
    const token = await sign({ ...validClaims(), nbf: now() - 1 });
    expect(await verifierOf(rsa).verify(`Bearer ${token}`)).toMatchObject({ kind: 'user' });
  });
});

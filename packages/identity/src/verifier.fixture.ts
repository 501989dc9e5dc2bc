import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { localKeys } from './keys.ts';
import { createVerifier, type VerifierConfig } from './verifier.ts';

const issuer = 'https://issuer.test';
const audience = 'https://api.test';
export const rolesClaim = 'https://eventxperts.dev/roles';

export async function testKey(kid: string, alg = 'EdDSA'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' };
}

export const now = (): number => Math.floor(Date.now() / 1000);

/** A verifier of one issuer, with the platform's keys left empty unless given. */
export const verifierOf = (key: JWK, config: Partial<VerifierConfig> = {}) =>
  createVerifier({
    issuer,
    audience,
    rolesClaim,
    userKeys: localKeys({ keys: [key] }),
    platformKeys: localKeys({ keys: [] }),
    ...config,
  });

export const validClaims = () => ({
  iss: issuer,
  aud: audience,
  sub: 'auth0|amrutha',
  iat: now(),
  exp: now() + 300,
});

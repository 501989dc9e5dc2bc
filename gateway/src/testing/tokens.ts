import { createVerifier, type Role, type Verifier } from '@eventxperts/identity';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';

const issuer = 'http://issuer.test';
const audience = 'gateway-test';
const rolesClaim = 'https://eventxperts.dev/roles';

export interface TestTokens {
  readonly verifier: Verifier;
  /** `Bearer …` of a user with these roles, valid for so many seconds. */
  bearer(roles?: readonly Role[], seconds?: number): Promise<string>;
}

export async function createTestTokens(): Promise<TestTokens> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' };
  const keys = createLocalJWKSet({ keys: [jwk] });
  return {
    verifier: createVerifier({ issuer, audience, rolesClaim, userKeys: keys, platformKeys: keys }),
    async bearer(roles = ['USER'], seconds = 300) {
      const now = Math.floor(Date.now() / 1000);
      const token = await new SignJWT({ [rolesClaim]: roles })
        .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject('someone')
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .sign(privateKey);
      return `Bearer ${token}`;
    },
  };
}

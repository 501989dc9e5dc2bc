import { createServer, type Server } from 'node:http';
import { importJWK, type JWK, SignJWT } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicJwks, remoteKeys } from './keys.ts';
import { testKey, validClaims, verifierOf } from './verifier.fixture.ts';

let key: JWK;
let server: Server;
let fetches: number;
let url: string;

beforeAll(async () => {
  key = await testKey('current');
});

beforeEach(async () => {
  fetches = 0;
  server = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(publicJwks({ keys: [key] })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/jwks`;
});

const close = () =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
afterEach(close);

const sign = async (kid: string, subject: string) =>
  `Bearer ${await new SignJWT({ ...validClaims(), sub: subject })
    .setProtectedHeader({ alg: 'EdDSA', kid })
    .sign(await importJWK(key, 'EdDSA'))}`;

describe('keys of a remote issuer', () => {
  it('are fetched once for many tokens', async () => {
    const verifier = verifierOf(key, { userKeys: remoteKeys(url) });
    for (const person of ['amrutha', 'ravi', 'sita']) {
      expect(await verifier.verify(await sign('current', person))).toMatchObject({ kind: 'user' });
    }
    expect(fetches).toBe(1);
  });

  it('are not fetched again for every made-up key id', async () => {
    const verifier = verifierOf(key, { userKeys: remoteKeys(url) });
    await verifier.verify(await sign('current', 'amrutha'));
    for (const kid of ['a', 'b', 'c']) {
      await expect(verifier.verify(await sign(kid, 'amrutha'))).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    }
    expect(fetches).toBe(1);
  });

  it('leave a good token undecided, and not refused, while the issuer is down', async () => {
    await close();
    const verifier = verifierOf(key, { userKeys: remoteKeys(url) });
    await expect(verifier.verify(await sign('current', 'amrutha'))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});

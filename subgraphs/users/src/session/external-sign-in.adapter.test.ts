import { userIdOf } from '@eventxperts/identity';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpFace, httpFace } from '../user/users.fixture.ts';
import { type UsersSubgraph, usersSubgraph } from '../user/users-subgraph.fixture.ts';

let issuer: HttpFace;
let key: JWK;
let subgraph: UsersSubgraph;

/** An issuer with the shape of Auth0's: a trailing slash, keys and discovery below /.well-known. */
beforeAll(async () => {
  issuer = await httpFace();
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  key = await exportJWK(privateKey);
  const published = { ...(await exportJWK(publicKey)), kid: 'tenant', alg: 'RS256', use: 'sig' };
  const pages: Record<string, unknown> = {
    '/.well-known/jwks.json': { keys: [published] },
    '/.well-known/openid-configuration': { authorization_endpoint: `${issuer.url}/authorize` },
  };
  issuer.handler = (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(pages[request.url ?? ''] ?? {}));
  };
  subgraph = await usersSubgraph({
    AUTH_ISSUER: `${issuer.url}/`,
    AUTH_AUDIENCE: 'https://api.tenant.test',
    OIDC_CLIENT_ID: 'spa-client',
    OIDC_REDIRECT_URIS: 'https://app.tenant.test/callback',
  });
});
afterAll(async () => {
  await subgraph.stop();
  await issuer.stop();
});

const tokenOf = async (subject: string) =>
  new SignJWT({ 'https://eventxperts.dev/roles': ['ORGANIZER'], name: 'Amrutha' })
    .setProtectedHeader({ alg: 'RS256', kid: 'tenant' })
    .setIssuer(`${issuer.url}/`)
    .setAudience(['https://api.tenant.test', `${issuer.url}/userinfo`])
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(await importJWK(key, 'RS256'));

describe('under an outside issuer', () => {
  it.each([
    'mutation { register(input: {email: "a@example.com", password: "kalyanam-2027", displayName: "A"}) { accessToken } }',
    'mutation { login(input: {email: "a@example.com", password: "kalyanam-2027"}) { accessToken } }',
  ])('%s tells where to sign in', async (mutation) => {
    const { errors: [error] = [] } = await subgraph.ask(mutation);
    expect(error?.extensions?.code).toBe('IDENTITY_EXTERNAL');
    const url = new URL(String(error?.extensions?.authorizationUrl));
    expect(url.origin + url.pathname).toBe(`${issuer.url}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'spa-client',
      redirect_uri: 'https://app.tenant.test/callback',
      audience: 'https://api.tenant.test',
      response_type: 'code',
    });
  });

  it('makes the account at the first of many requests, under the id every domain derives', async () => {
    const token = await tokenOf('auth0|amrutha');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => subgraph.ask('{ me { id displayName roles } }', {}, token)),
    );
    const id = userIdOf(`${issuer.url}/`, 'auth0|amrutha');
    for (const answer of answers) {
      expect(answer).toEqual({
        data: { me: { id, displayName: 'Amrutha', roles: ['ORGANIZER'] } },
      });
    }
    expect(await subgraph.database.prisma.user.count({ where: { id } })).toBe(1);
  });
});

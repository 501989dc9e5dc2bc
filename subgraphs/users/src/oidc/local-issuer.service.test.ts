import { localIssuer as issuerAt, verifierFrom } from '@eventxperts/identity';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { UsersConfig } from '../environment.ts';
import { expiredSessions } from '../jobs/expired-sessions.job.ts';
import { oidcRoute } from '../routes/oidc.route.ts';
import {
  type HttpFace,
  httpFace,
  log,
  type UsersDatabase,
  usersConfig,
  usersDatabase,
} from '../user/users.fixture.ts';
import { createLocalIssuer, type LocalIssuer } from './local-issuer.service.ts';

let database: UsersDatabase;
let face: HttpFace;
let config: UsersConfig;
let issuer: LocalIssuer;
let userId: string;

beforeAll(async () => {
  [database, face] = await Promise.all([usersDatabase(), httpFace()]);
  config = await usersConfig({ PUBLIC_URL: face.url });
  issuer = createLocalIssuer(config, { ...database, log });
  face.handler = (request, response) => {
    request.url = request.url?.replace(/^\/users/, '');
    void oidcRoute(issuer).handle(request, response);
  };
  const user = await database.users.create({
    email: 'amrutha@example.com',
    displayName: 'Amrutha',
    passwordHash: 'hash',
    roles: ['ORGANIZER'],
  });
  userId = user.id;
});
afterAll(async () => {
  await face.stop();
  await database.stop();
});

const endpoint = (path: string) => `${face.url}/users/oidc${path}`;

const tokenAnswer = z.object({
  access_token: z.string().default(''),
  refresh_token: z.string().default(''),
  error: z.string().optional(),
});

const refresh = async (refreshToken: string) => {
  const response = await fetch(endpoint('/token'), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'eventxperts-web',
      refresh_token: refreshToken,
    }),
  });
  return { status: response.status, body: tokenAnswer.parse(await response.json()) };
};

describe('the local issuer', () => {
  it('tells where everything is, at the public address whatever the Host header says', async () => {
    const response = await fetch(endpoint('/.well-known/openid-configuration'), {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(await response.json()).toMatchObject({
      issuer: endpoint(''),
      jwks_uri: endpoint('/jwks'),
      token_endpoint: endpoint('/token'),
      authorization_endpoint: endpoint('/auth'),
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('publishes its keys without their private part', async () => {
    const published = await (await fetch(endpoint('/jwks'))).json();
    expect(published).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }] });
    expect(published).not.toMatchObject({ keys: [{ d: expect.anything() }] });
  });

  it('issues tokens that any service verifies by the published keys alone', async () => {
    const { accessToken, expiresAt } = await issuer.mint(userId);
    const caller = await verifierFrom(config).verify(`Bearer ${accessToken}`);
    expect(caller).toMatchObject({
      kind: 'user',
      id: userId,
      roles: ['ORGANIZER'],
      issuer: issuerAt(config),
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      expiresAt,
    });
    const seconds = (expiresAt.getTime() - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(290);
    expect(seconds).toBeLessThanOrEqual(300);
  });

  it('keeps no token that could be used by whoever reads the database', async () => {
    const { refreshToken } = await issuer.mint(userId);
    const rows = await database.prisma.oidcModel.findMany();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(refreshToken);
  });
});

describe('a refresh token', () => {
  it('buys the next tokens of the same session', async () => {
    const first = await issuer.mint(userId);
    const { status, body } = await refresh(first.refreshToken);
    expect(status).toBe(200);
    const caller = await verifierFrom(config).verify(`Bearer ${body.access_token}`);
    expect(caller).toMatchObject({
      id: userId,
      roles: ['ORGANIZER'],
      sessionId: decodeJwt(first.accessToken).sid,
    });
    expect(body.refresh_token).not.toBe(first.refreshToken);
  });

  it('ends the whole session when it is used again', async () => {
    const { refreshToken } = await issuer.mint(userId);
    const { body: next } = await refresh(refreshToken);
    expect(await refresh(refreshToken)).toMatchObject({ status: 400 });
    expect(await refresh(next.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('is good for one of many requests that come at once', async () => {
    const { refreshToken } = await issuer.mint(userId);
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('is worth nothing once the account is suspended', async () => {
    const user = await database.users.create({
      email: 'suspended@example.com',
      displayName: 'Gone',
      passwordHash: 'hash',
      roles: ['USER'],
    });
    const { refreshToken } = await issuer.mint(user.id);
    await database.prisma.user.update({ where: { id: user.id }, data: { status: 'SUSPENDED' } });
    expect(await refresh(refreshToken)).toMatchObject({ status: 400 });
  });

  it('is refused after its time, and then swept away', async () => {
    const { refreshToken } = await issuer.mint(userId);
    await database.prisma.oidcModel.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await refresh(refreshToken)).toMatchObject({ status: 400 });
    await expiredSessions(database.prisma).run();
    expect(await database.prisma.oidcModel.count()).toBe(0);
  });
});

describe('an authorization request', () => {
  const authorize = (parameters: Record<string, string>) =>
    fetch(
      `${endpoint('/auth')}?${new URLSearchParams({
        client_id: 'eventxperts-web',
        response_type: 'code',
        redirect_uri: 'http://localhost:3000/',
        scope: 'openid',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
        ...parameters,
      })}`,
      { redirect: 'manual' },
    );

  it('is refused for an address that is not registered, without going there', async () => {
    const response = await authorize({ redirect_uri: 'https://evil.example/' });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it('is refused without a code challenge', async () => {
    const response = await authorize({ code_challenge: '', code_challenge_method: '' });
    expect(response.headers.get('location')).toContain('error=invalid_request');
  });

  it('leads to the sign-in page', async () => {
    const response = await authorize({});
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toContain('/users/oidc/interaction/');
  });
});

import type { JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { jwksVariable, jwkVariable } from './environment.ts';
import { localKeys } from './keys.ts';
import { generatePlatformKeys, type PlatformKeys } from './platform-keys.ts';
import { createGuestTokens, createServiceTokens } from './platform-tokens.ts';
import { testKey, verifierOf } from './verifier.fixture.ts';
import type { Verifier } from './verifier.ts';

const invitation = {
  invitationId: '01890a5d-ac96-774b-bcce-b302099a8057',
  eventId: '01890a5d-ac96-774b-bcce-b302099a8058',
};

let keys: PlatformKeys;
let userKey: JWK;
let verifier: Verifier;
beforeAll(async () => {
  [keys, userKey] = await Promise.all([generatePlatformKeys(), testKey('current')]);
  verifier = verifierOf(userKey, {
    platformKeys: localKeys(jwksVariable.parse(keys.PLATFORM_JWKS)),
  });
});

const guestKey = () => jwkVariable.parse(keys.GUEST_SIGNING_KEY);
const gatewayKey = () => jwkVariable.parse(keys.GATEWAY_SIGNING_KEY);

describe('tokens of the platform', () => {
  it('make a guest of whoever holds an invitation', async () => {
    const token = await createGuestTokens({ signingKey: guestKey() }).sign(invitation);
    expect(await verifier.verify(`Bearer ${token}`)).toMatchObject({
      kind: 'guest',
      ...invitation,
    });
  });

  it('let the gateway act for the subscribers of one audience', async () => {
    const tokens = createServiceTokens({ signingKey: gatewayKey(), name: 'gateway' });
    const token = await tokens.sign({ audience: 'event:organizer' });
    expect(await verifier.verify(`Bearer ${token}`)).toMatchObject({
      kind: 'service',
      name: 'gateway',
      audience: 'event:organizer',
    });
  });

  it('are refused when a key signs what it is not for', async () => {
    const token = await createServiceTokens({ signingKey: guestKey(), name: 'gateway' }).sign({});
    await expect(verifier.verify(`Bearer ${token}`)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('are refused when the key is not published, even one that users are signed with', async () => {
    const signingKey = { ...userKey, kid: guestKey().kid };
    const token = await createGuestTokens({ signingKey }).sign(invitation);
    await expect(verifier.verify(`Bearer ${token}`)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('are published without any private part', () => {
    expect(keys.PLATFORM_JWKS).not.toContain('"d"');
    expect(keys.NOTIFICATIONS_PUBLIC_KEY).not.toContain('"d"');
  });
});

import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { publicJwks } from './keys.ts';
import type { PlatformTokenKind } from './platform-tokens.ts';

/** The secrets of one installation, by the environment variable that carries each. */
export interface PlatformKeys {
  /** Public keys of the platform's own tokens; every service has them. */
  readonly PLATFORM_JWKS: string;
  /** invitations signs guests' tokens with it. */
  readonly GUEST_SIGNING_KEY: string;
  readonly GATEWAY_SIGNING_KEY: string;
  /** 32 bytes in base64; invitation codes are derived from it. */
  readonly INVITATION_CODE_KEY: string;
  /** Secret fields of events are encrypted to it; only notifications can read them. */
  readonly NOTIFICATIONS_PUBLIC_KEY: string;
  readonly NOTIFICATIONS_PRIVATE_KEY: string;
  /** Private key set of the local issuer: the first signs, the others are still published. */
  readonly OIDC_SIGNING_KEYS: string;
  /** Comma-separated; the first signs the issuer's cookies, the others still verify. */
  readonly OIDC_COOKIE_KEYS: string;
}

/** Makes every secret anew. The launcher does so once for a data folder, an operator for a deployment. */
export async function generatePlatformKeys(): Promise<PlatformKeys> {
  const [guest, gateway, notifications, oidc] = await Promise.all([
    platformKey('guest'),
    platformKey('service'),
    generateJwk('ECDH-ES+A256KW', 'enc'),
    generateJwk('RS256', 'sig'),
  ]);
  const [notificationsPublic] = publicJwks({ keys: [notifications] }).keys;
  return {
    PLATFORM_JWKS: JSON.stringify(publicJwks({ keys: [guest, gateway] })),
    GUEST_SIGNING_KEY: JSON.stringify(guest),
    GATEWAY_SIGNING_KEY: JSON.stringify(gateway),
    INVITATION_CODE_KEY: randomBytes(32).toString('base64'),
    NOTIFICATIONS_PUBLIC_KEY: JSON.stringify(notificationsPublic),
    NOTIFICATIONS_PRIVATE_KEY: JSON.stringify(notifications),
    OIDC_SIGNING_KEYS: JSON.stringify({ keys: [oidc] }),
    OIDC_COOKIE_KEYS: randomBytes(32).toString('base64url'),
  };
}

async function platformKey(kind: PlatformTokenKind): Promise<JWK> {
  const key = await generateJwk('EdDSA', 'sig');
  return { ...key, kid: `${kind}.${key.kid}` };
}

async function generateJwk(alg: string, use: 'sig' | 'enc'): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const key = await exportJWK(privateKey);
  return { ...key, alg, use, kid: await calculateJwkThumbprint(key) };
}

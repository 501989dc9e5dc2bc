import { importJWK, type JWK, SignJWT } from 'jose';

export const defaultPlatformIssuer = 'https://platform.eventxperts';

/** What a key of the platform may sign. The first part of its `kid` says it, so a leaked one signs no more. */
export type PlatformTokenKind = 'guest' | 'service';

const lifetimes: Record<PlatformTokenKind, string> = { guest: '5 minutes', service: '1 minute' };

interface SignerConfig {
  /** A private Ed25519 key made by `generatePlatformKeys`. */
  readonly signingKey: JWK;
  readonly issuer?: string;
}

function signer(
  kind: PlatformTokenKind,
  { signingKey, issuer = defaultPlatformIssuer }: SignerConfig,
) {
  const key = importJWK(signingKey, 'EdDSA');
  return async (subject: string, claims: Record<string, string>): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: signingKey.kid ?? '', typ: `${kind}+jwt` })
      .setIssuer(issuer)
      .setAudience(issuer)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(lifetimes[kind])
      .sign(await key);
}

export interface GuestTokens {
  sign(invitation: { invitationId: string; eventId: string }): Promise<string>;
}

/** Tokens for guests without an account. They open one invitation's event for five minutes. */
export function createGuestTokens(config: SignerConfig): GuestTokens {
  const sign = signer('guest', config);
  return { sign: ({ invitationId, eventId }) => sign(invitationId, { event_id: eventId }) };
}

export interface ServiceTokens {
  /** `audience` is the opaque name that the owning subgraph gave to those who may see the same. */
  sign(scope: { audience?: string }): Promise<string>;
}

/** Tokens by which a part of the platform acts as itself, for one minute. */
export function createServiceTokens(
  config: SignerConfig & { readonly name: string },
): ServiceTokens {
  const sign = signer('service', config);
  return { sign: ({ audience }) => sign(config.name, audience === undefined ? {} : { audience }) };
}

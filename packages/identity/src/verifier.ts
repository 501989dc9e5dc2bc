import { CodedError } from '@eventxperts/errors';
import { decodeJwt, decodeProtectedHeader, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { anonymous, type Caller, type UserCaller } from './caller.ts';
import { guestCaller, serviceCaller, userCaller } from './claims.ts';
import { defaultPlatformIssuer, type PlatformTokenKind } from './platform-tokens.ts';
import { TokenCache } from './token-cache.ts';

export interface VerifierConfig {
  /** The issuer of users' tokens, exactly as its tokens write it (Auth0's ends with a slash). */
  readonly issuer: string;
  readonly audience: string;
  /** The namespaced claim that holds the roles. */
  readonly rolesClaim: string;
  readonly userKeys: JWTVerifyGetKey;
  readonly platformKeys: JWTVerifyGetKey;
  readonly platformIssuer?: string;
  /** Asked on every request, also for a token that was verified before. */
  readonly isRevoked?: (caller: UserCaller) => boolean | Promise<boolean>;
}

export interface Verifier {
  /**
   * Who sends this `Authorization` header. No header is an anonymous caller.
   * @throws CodedError UNAUTHENTICATED, always the same, whatever is wrong with the token;
   *   UNAVAILABLE when the issuer's keys cannot be fetched.
   */
  verify(authorization: string | undefined): Promise<Caller>;
}

/** Longer than any token of ours or of Auth0; more is not worth decoding. */
const longestToken = 8_192;
const cachedTokens = 10_000;
const clockTolerance = 5;

/**
 * Never the symmetric ones: with HS256 allowed, whoever reads the published public key could sign
 * with it. `alg: none` is refused for the same reason.
 */
const algorithms = ['RS256', 'ES256', 'EdDSA'];

/** An ID token or a logout token is signed by the same key; neither is an access token. */
const accessTokenTypes = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);

const unauthenticated = () => new CodedError('UNAUTHENTICATED');

export function createVerifier(config: VerifierConfig): Verifier {
  const { platformIssuer = defaultPlatformIssuer, isRevoked = () => false } = config;
  const cache = new TokenCache<Caller & { expiresAt: Date }>(cachedTokens);

  async function verifyToken(token: string) {
    const { typ } = decodeProtectedHeader(token);
    return decodeJwt(token).iss === platformIssuer
      ? verifyPlatformToken(token, typ)
      : verifyUserToken(token, typ);
  }

  async function verifyUserToken(token: string, typ: string | undefined) {
    if (!accessTokenTypes.has(typ?.toLowerCase())) throw unauthenticated();
    const { payload } = await jwtVerify(token, config.userKeys, {
      algorithms,
      issuer: config.issuer,
      audience: config.audience,
      requiredClaims: ['sub', 'iat', 'exp'],
      clockTolerance,
    });
    return userCaller(payload, token, config.rolesClaim);
  }

  async function verifyPlatformToken(token: string, typ: string | undefined) {
    const kind = platformKind(typ);
    const { payload, protectedHeader } = await jwtVerify(token, config.platformKeys, {
      algorithms: ['EdDSA'],
      issuer: platformIssuer,
      audience: platformIssuer,
      requiredClaims: ['sub', 'iat', 'exp'],
      clockTolerance,
    });
    if (!protectedHeader.kid?.startsWith(`${kind}.`)) throw unauthenticated();
    return kind === 'guest' ? guestCaller(payload, token) : serviceCaller(payload, token);
  }

  async function verifyCached(token: string) {
    const known = cache.get(token);
    if (known === undefined) {
      const caller = await verifyToken(token);
      cache.set(token, caller);
      return caller;
    }
    if (known.expiresAt.getTime() > Date.now()) return known;
    cache.delete(token);
    throw unauthenticated();
  }

  return {
    async verify(authorization) {
      // Clients write `authorization: token ? ... : ''`; an empty header claims nothing.
      if (!authorization) return anonymous;
      const caller = await verifyCached(bearerToken(authorization)).catch(plainly);
      if (caller.kind === 'user' && (await isRevoked(caller))) throw unauthenticated();
      return caller;
    },
  };
}

function bearerToken(authorization: string): string {
  const [, token] =
    /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(
      authorization.length > longestToken ? '' : authorization,
    ) ?? [];
  if (token === undefined) throw unauthenticated();
  return token;
}

function platformKind(typ: string | undefined): PlatformTokenKind {
  if (typ === 'guest+jwt') return 'guest';
  if (typ === 'service+jwt') return 'service';
  throw unauthenticated();
}

/** What is wrong with a token is told to nobody: it would help only whoever forges them. */
function plainly(error: unknown): never {
  throw error instanceof CodedError ? error : unauthenticated();
}

import { CodedError } from '@eventxperts/errors';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';

export interface Jwks {
  readonly keys: readonly JWK[];
}

const privateMembers = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']);

/** The public half of a key set: what may be published, and all that verifying needs. */
export const publicJwks = ({ keys }: Jwks): { keys: JWK[] } => ({
  keys: keys.map(
    (key): JWK => ({
      ...Object.fromEntries(Object.entries(key).filter(([name]) => !privateMembers.has(name))),
      kty: key.kty,
    }),
  ),
});

/** Keys at hand. Private keys may be given; only their public half is used. */
export const localKeys = (jwks: Jwks): JWTVerifyGetKey => createLocalJWKSet(publicJwks(jwks));

/**
 * An issuer's published keys. Kept ten minutes; an unknown `kid` refetches at most once a minute, so
 * that made-up key ids cannot turn this service against the issuer.
 */
export function remoteKeys(url: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: 600_000,
    cooldownDuration: 60_000,
    timeoutDuration: 5_000,
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      throw new CodedError('UNAVAILABLE', 'Sign-in cannot be checked right now. Try again.', {
        cause: error,
      });
    }
  };
}

const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

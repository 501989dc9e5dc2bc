import { z } from 'zod';
import { type Jwks, localKeys, remoteKeys } from './keys.ts';
import { createVerifier, type Verifier } from './verifier.ts';

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const jwk = z.looseObject({ kty: z.string(), kid: z.string() });

/** A variable that holds one key. */
export const jwkVariable = json.pipe(jwk);

/** A variable that holds a key set. */
export const jwksVariable = json.pipe(z.object({ keys: z.array(jwk).min(1) }));

/** What every process needs to know whom to trust. */
export const identityEnvironment = z.object({
  /** Where the endpoint is reached from outside, without a trailing slash. */
  PUBLIC_URL: z
    .url()
    .default('http://localhost:4000')
    .transform((url) => url.replace(/\/+$/, '')),
  /** An outside issuer, exactly as its tokens write it. Unset: the local issuer of users. */
  AUTH_ISSUER: z.url().optional(),
  AUTH_AUDIENCE: z.string().min(1).default('https://api.eventxperts.dev'),
  AUTH_ROLES_CLAIM: z.string().min(1).default('https://eventxperts.dev/roles'),
  /** Where the issuer's keys are, if not at the place it would be expected. */
  AUTH_JWKS_URL: z.url().optional(),
  PLATFORM_JWKS: jwksVariable,
});

export type IdentityEnvironment = z.output<typeof identityEnvironment>;

/** The issuer that this installation runs itself, below the users subgraph. */
export const localIssuer = ({ PUBLIC_URL }: Pick<IdentityEnvironment, 'PUBLIC_URL'>): string =>
  `${PUBLIC_URL}/users/oidc`;

/**
 * The verifier that the environment describes. `userJwks` are the issuer's keys where they are at
 * hand, so that a process which runs the local issuer does not fetch them from itself.
 */
export function verifierFrom(environment: IdentityEnvironment, userJwks?: Jwks): Verifier {
  const { AUTH_ISSUER, AUTH_JWKS_URL } = environment;
  const published = AUTH_ISSUER
    ? `${AUTH_ISSUER.replace(/\/$/, '')}/.well-known/jwks.json`
    : `${localIssuer(environment)}/jwks`;
  return createVerifier({
    issuer: AUTH_ISSUER ?? localIssuer(environment),
    audience: environment.AUTH_AUDIENCE,
    rolesClaim: environment.AUTH_ROLES_CLAIM,
    userKeys:
      userJwks && !AUTH_ISSUER ? localKeys(userJwks) : remoteKeys(AUTH_JWKS_URL ?? published),
    platformKeys: localKeys(environment.PLATFORM_JWKS),
  });
}

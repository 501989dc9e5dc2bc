import { identityEnvironment, jwksVariable } from '@eventxperts/identity';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** The variables of users; see the table in the README. */
export const environment = identityEnvironment.extend({
  /** Private key set of the local issuer. The first signs, the others are still published. */
  OIDC_SIGNING_KEYS: jwksVariable,
  OIDC_COOKIE_KEYS: list.pipe(z.array(z.string().min(16)).min(1)),
  /** Name of the web client, here or at the outside issuer. */
  OIDC_CLIENT_ID: z.string().min(1).default('eventxperts-web'),
  /** Where the web client may be sent back to after sign-in. */
  OIDC_REDIRECT_URIS: list
    .pipe(z.array(z.url()).min(1))
    .default(['http://localhost:3000/', 'http://localhost:5173/']),
});

export type UsersConfig = z.output<typeof environment>;

/** Who keeps the accounts, if an outside issuer does. */
export function externalIssuer(config: UsersConfig) {
  const { AUTH_ISSUER, AUTH_AUDIENCE, OIDC_CLIENT_ID, OIDC_REDIRECT_URIS } = config;
  if (AUTH_ISSUER === undefined) return undefined;
  const [redirectUri = ''] = OIDC_REDIRECT_URIS;
  return { issuer: AUTH_ISSUER, audience: AUTH_AUDIENCE, clientId: OIDC_CLIENT_ID, redirectUri };
}

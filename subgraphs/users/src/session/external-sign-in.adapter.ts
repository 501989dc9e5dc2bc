import { CodedError } from '@eventxperts/errors';
import { z } from 'zod';
import type { UserService } from '../user/user.service.ts';
import type { SignIn } from './sign-in.port.ts';

interface ExternalIssuer {
  /** As its tokens write it. */
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly redirectUri: string;
}

const discovery = z.object({ authorization_endpoint: z.url() });

/** Accounts kept by an outside issuer. Its users are known here from the first token they bring. */
export function createExternalSignIn(options: {
  readonly users: UserService;
  readonly external: ExternalIssuer;
}): SignIn {
  const { users, external } = options;

  const refuse = async (): Promise<never> => {
    throw new CodedError('IDENTITY_EXTERNAL', undefined, {
      extensions: { authorizationUrl: await authorizationUrl(external) },
    });
  };

  return { register: refuse, login: refuse, userOf: (caller) => users.ensure(caller) };
}

/** Where to send the browser; the client adds `state` and its PKCE challenge. */
async function authorizationUrl(external: ExternalIssuer): Promise<string> {
  const url = new URL(await authorizationEndpoint(external.issuer));
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: external.clientId,
    redirect_uri: external.redirectUri,
    audience: external.audience,
    scope: 'openid profile email offline_access',
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

async function authorizationEndpoint(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return discovery.parse(await response.json()).authorization_endpoint;
  } catch (cause) {
    throw new CodedError('UNAVAILABLE', 'The identity provider cannot be reached. Try again.', {
      cause,
    });
  }
}

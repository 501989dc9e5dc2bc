import {
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** The first private key of a set, such as the one that signs users' tokens. */
export const signingKeyOf = (jwks: string | undefined): JWK => JSON.parse(jwks ?? '').keys[0];

/** `token` with other claims, signed anew with `key`. */
export async function resigned(token: string, key: JWK, claims: JWTPayload): Promise<string> {
  const { alg = 'RS256', ...header } = decodeProtectedHeader(token);
  return new SignJWT({ ...decodeJwt(token), ...claims })
    .setProtectedHeader({ ...header, alg, ...(key.kid ? { kid: key.kid } : {}) })
    .sign(await importJWK(key, alg));
}

/** `token`, ending `fromNow` seconds from now. */
export const endingIn = (token: string, key: JWK, fromNow: number): Promise<string> =>
  resigned(token, key, { exp: seconds() + fromNow });

/** `token` as somebody writes it who holds no key at all. */
export function unsigned(token: string, header: object, claims: JWTPayload = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode(header)}.${encode({ ...decodeJwt(token), ...claims })}.`;
}

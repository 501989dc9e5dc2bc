import { CompactEncrypt, compactDecrypt, importJWK, type JWK } from 'jose';

const header = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' };

/** Encrypts an `x-secret` field for the holder of the private key. Returns compact JWE. */
export async function sealSecret(publicJwk: JWK, text: string): Promise<string> {
  const key = await importJWK(publicJwk, header.alg);
  return new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(header).encrypt(key);
}

/**
 * Opens what {@link sealSecret} made.
 * @throws when it was made for another key, changed, or uses another algorithm.
 */
export async function openSecret(privateJwk: JWK, jwe: string): Promise<string> {
  const key = await importJWK(privateJwk, header.alg);
  const { plaintext } = await compactDecrypt(jwe, key, {
    keyManagementAlgorithms: [header.alg],
    contentEncryptionAlgorithms: [header.enc],
  });
  return new TextDecoder().decode(plaintext);
}

import { CompactEncrypt, exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { openSecret, sealSecret } from './secret.ts';

async function keys() {
  const pair = await generateKeyPair('ECDH-ES+A256KW', { extractable: true });
  return {
    publicJwk: await exportJWK(pair.publicKey),
    privateJwk: await exportJWK(pair.privateKey),
  };
}

test('only the holder of the private key reads a sealed secret', async () => {
  const [mine, other] = [await keys(), await keys()];
  const sealed = await sealSecret(mine.publicJwk, 'రహస్యం');
  expect(sealed).not.toContain('రహస్యం');
  expect(await openSecret(mine.privateJwk, sealed)).toBe('రహస్యం');
  await expect(openSecret(other.privateJwk, sealed)).rejects.toThrow();
});

test('a changed secret, or one sealed by a weaker algorithm, is refused', async () => {
  const { publicJwk, privateJwk } = await keys();
  const sealed = await sealSecret(publicJwk, 'code');
  const at = sealed.lastIndexOf('.') - 1;
  const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  await expect(openSecret(privateJwk, changed)).rejects.toThrow();
  const weaker = await new CompactEncrypt(new TextEncoder().encode('code'))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A128CBC-HS256' })
    .encrypt(publicJwk);
  await expect(openSecret(privateJwk, weaker)).rejects.toThrow();
});

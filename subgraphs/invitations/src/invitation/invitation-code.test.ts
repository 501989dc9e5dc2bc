import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { createInvitationCodes } from './invitation-code.ts';

const codes = createInvitationCodes(randomBytes(32));
const invitation = { id: uuidv7(), rotation: 0 };
const code = codes.codeOf(invitation);

const opens = (text: string, candidate = invitation) => {
  const claimed = codes.read(text);
  return (
    claimed !== null && claimed.invitationId === candidate.id && codes.proves(claimed, candidate)
  );
};

describe('a code', () => {
  it('opens its invitation, and is 128 bits of secret in a text that a URL carries as it is', () => {
    expect(opens(code)).toBe(true);
    expect(code).toMatch(/^[\w-]{43}$/);
    expect(codes.read(code)?.mac).toHaveLength(16);
  });

  it('is ended by a rotation, and worth nothing under another key or for another invitation', () => {
    expect(opens(code, { ...invitation, rotation: 1 })).toBe(false);
    expect(createInvitationCodes(randomBytes(32)).codeOf(invitation)).not.toBe(code);
    const other = { id: uuidv7(), rotation: 0 };
    const swapped = Buffer.concat([
      Buffer.from(codes.codeOf(other), 'base64url').subarray(0, 16),
      Buffer.from(code, 'base64url').subarray(16),
    ]).toString('base64url');
    expect(opens(swapped, other)).toBe(false);
  });

  it('has one text: nothing longer, shorter, padded or spelled otherwise is the same code', () => {
    const standard = code.replaceAll('-', '+').replaceAll('_', '/');
    const others = [
      `${code}=`,
      ` ${code}`,
      `${code}\n`,
      `${code}A`,
      `${code}!`,
      code.slice(0, -1),
      code.slice(1),
      '',
      'A'.repeat(43),
      'A'.repeat(1_000_000),
      ...(standard === code ? [] : [standard]),
    ];
    for (const text of others) expect(opens(text)).toBe(false);
  });

  it('is broken by any change of one character', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ '];
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...alphabet), (at, char) => {
        const changed = `${code.slice(0, at)}${char}${code.slice(at + 1)}`;
        return changed === code || !opens(changed);
      }),
      { numRuns: 2_000 },
    );
  });
});

import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

const idBytes = 16;
const macBytes = 16;
const longestCode = 64;

/** An invitation's code, taken apart but not yet believed. */
export interface ClaimedCode {
  readonly invitationId: string;
  readonly mac: Buffer;
}

export interface InvitationCodes {
  codeOf(invitation: { id: string; rotation: number }): string;
  /** The id a code speaks of, or null where it is no code at all. */
  read(code: string): ClaimedCode | null;
  proves(claimed: ClaimedCode, invitation: { id: string; rotation: number }): boolean;
}

/**
 * A code is the invitation's id and 128 bits of HMAC-SHA-256 over (id, rotation): nothing is stored
 * that a stolen database would give away, and counting `rotation` up ends every older link.
 */
export function createInvitationCodes(key: Buffer): InvitationCodes {
  const macOf = ({ id, rotation }: { id: string; rotation: number }): Buffer =>
    createHmac('sha256', key).update(`${id}:${rotation}`).digest().subarray(0, macBytes);

  return {
    codeOf: (invitation) =>
      Buffer.concat([parse(invitation.id), macOf(invitation)]).toString('base64url'),
    read(code) {
      if (code.length > longestCode) return null;
      const bytes = Buffer.from(code, 'base64url');
      // Decoding forgives stray characters: only the one canonical text is a code.
      if (bytes.length !== idBytes + macBytes || bytes.toString('base64url') !== code) return null;
      const invitationId = uuidOf(bytes.subarray(0, idBytes));
      return invitationId ? { invitationId, mac: bytes.subarray(idBytes) } : null;
    },
    proves: ({ mac }, invitation) => timingSafeEqual(mac, macOf(invitation)),
  };
}

function uuidOf(bytes: Uint8Array): string | null {
  try {
    return stringify(bytes);
  } catch {
    return null;
  }
}

import { z } from 'zod';

export const roles = ['USER', 'ORGANIZER', 'STORE_OWNER', 'SUPER_ADMIN'] as const;
export type Role = (typeof roles)[number];

export const roleSchema = z.enum(roles);

interface Credential {
  /** The token as it came, to be passed on to the next service, which verifies it again. */
  readonly token: string;
  readonly expiresAt: Date;
}

export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

export interface UserCaller extends Credential {
  readonly kind: 'user';
  /** The same for one person in every domain: the claim `user_id`, or derived from issuer and subject. */
  readonly id: string;
  readonly roles: readonly Role[];
  readonly sessionId?: string;
  readonly issuer: string;
  readonly subject: string;
  readonly issuedAt: Date;
  /** What the issuer says of the person; used once, when an outside issuer's user is first seen. */
  readonly profile: { readonly displayName?: string; readonly email?: string };
}

/** Somebody with an invitation and no account. May see what belongs to that invitation and no more. */
export interface GuestCaller extends Credential {
  readonly kind: 'guest';
  readonly invitationId: string;
  readonly eventId: string;
}

/** A part of the platform itself, such as the gateway working for all subscribers of one audience. */
export interface ServiceCaller extends Credential {
  readonly kind: 'service';
  readonly name: string;
  /** Those for whom the service acts, as the owning subgraph named them; sees what all of them may see. */
  readonly audience?: string;
}

export type Caller = AnonymousCaller | UserCaller | GuestCaller | ServiceCaller;

export const anonymous: AnonymousCaller = { kind: 'anonymous' };

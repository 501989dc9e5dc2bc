import type { JWTPayload } from 'jose';
import { z } from 'zod';
import {
  type GuestCaller,
  type Role,
  roleSchema,
  type ServiceCaller,
  type UserCaller,
} from './caller.ts';
import { userIdOf } from './user-id.ts';

const seconds = z.number().transform((value) => new Date(value * 1000));

const userClaims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  iat: seconds,
  exp: seconds,
  sid: z.string().max(128).optional(),
  user_id: z.guid().toLowerCase().optional(),
});

const guestClaims = z.object({ sub: z.guid(), event_id: z.guid(), exp: seconds });

const serviceClaims = z.object({
  sub: z.string().min(1),
  audience: z.string().optional(),
  exp: seconds,
});

/** Reads a verified payload. Throws when a claim that the platform relies on is missing or malformed. */
export function userCaller(payload: JWTPayload, token: string, rolesClaim: string): UserCaller {
  const claims = userClaims.parse(payload);
  return {
    kind: 'user',
    id: claims.user_id ?? userIdOf(claims.iss, claims.sub),
    roles: rolesOf(payload[rolesClaim]),
    ...(claims.sid === undefined ? {} : { sessionId: claims.sid }),
    issuer: claims.iss,
    subject: claims.sub,
    issuedAt: claims.iat,
    expiresAt: claims.exp,
    profile: profileOf(payload),
    token,
  };
}

export function guestCaller(payload: JWTPayload, token: string): GuestCaller {
  const { sub, event_id, exp } = guestClaims.parse(payload);
  return { kind: 'guest', invitationId: sub, eventId: event_id, expiresAt: exp, token };
}

export function serviceCaller(payload: JWTPayload, token: string): ServiceCaller {
  const { sub, audience, exp } = serviceClaims.parse(payload);
  return {
    kind: 'service',
    name: sub,
    ...(audience === undefined ? {} : { audience }),
    expiresAt: exp,
    token,
  };
}

/** An issuer may know roles of other applications; those say nothing here. */
function rolesOf(claim: unknown): Role[] {
  if (!Array.isArray(claim)) return [];
  return claim.flatMap((role) => {
    const known = roleSchema.safeParse(role);
    return known.success ? [known.data] : [];
  });
}

/** An address that the issuer has not verified could be anybody's, so it is not taken. */
function profileOf({ name, email, email_verified }: JWTPayload): UserCaller['profile'] {
  return {
    ...(typeof name === 'string' ? { displayName: name } : {}),
    ...(typeof email === 'string' && email_verified === true ? { email } : {}),
  };
}

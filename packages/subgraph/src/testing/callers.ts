import type { GuestCaller, Role, UserCaller } from '@eventxperts/identity';

const credential = (token: string) => ({
  token,
  issuedAt: new Date(),
  expiresAt: new Date(Date.now() + 300_000),
});

/** A signed-in user, as the verifier would describe them. */
export const userNamed = (id: string, roles: readonly Role[] = ['USER']): UserCaller => ({
  kind: 'user',
  id,
  roles,
  issuer: 'https://issuer.test',
  subject: id,
  profile: {},
  ...credential(`user.${id}.test`),
});

/** Somebody who holds an invitation to the event, and no account. */
export const guestOf = (eventId: string, invitationId: string): GuestCaller => ({
  kind: 'guest',
  eventId,
  invitationId,
  ...credential(`guest.${invitationId}.test`),
});

import { type EventAccess, may } from '@eventxperts/event-access';
import { id as idSchema } from '@eventxperts/graphql';
import type { Caller } from '@eventxperts/identity';
import DataLoader from 'dataloader';
import type { Guest, Invitation, PrismaClient, Rsvp } from '../generated/prisma/client.ts';

interface Visibility {
  readonly caller: Caller;
  /** Invitations whose code came with this request. */
  readonly opened: ReadonlySet<string>;
  readonly access: DataLoader<string, EventAccess | null>;
}

/** Invitations by id; null where there is none or the caller neither manages it nor holds its code. */
export const createInvitationLoader = (prisma: PrismaClient, visibility: Visibility) =>
  new DataLoader<string, Invitation | null>(async (keys) => {
    // Ids come from other subgraphs, too: one malformed would fail the query for all the others.
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const rows = await prisma.invitation.findMany({
      where: { id: { in: ids.filter((id) => id !== undefined) } },
    });
    const visible = new Map(
      (await Promise.all(rows.map(async (row) => ((await sees(visibility, row)) ? row : null))))
        .filter((row) => row !== null)
        .map((row) => [row.id, row]),
    );
    return ids.map((id) => visible.get(id ?? '') ?? null);
  });

export type InvitationLoader = ReturnType<typeof createInvitationLoader>;

async function sees(
  { caller, opened, access }: Visibility,
  { id, eventId, status }: Invitation,
): Promise<boolean> {
  if (opened.has(id)) return true;
  if (caller.kind === 'guest') return caller.invitationId === id && status !== 'REVOKED';
  if (caller.kind !== 'user') return false;
  const event = await access.load(eventId);
  return event !== null && may(caller, event, 'manage');
}

/** The people on each invitation, the one written to first. */
export const createGuestsLoader = (prisma: PrismaClient) =>
  new DataLoader<string, Guest[]>(async (invitationIds) => {
    const guests = await prisma.guest.findMany({
      where: { invitationId: { in: [...invitationIds] } },
      orderBy: { position: 'asc' },
    });
    const byInvitation = new Map<string, Guest[]>(invitationIds.map((id) => [id, []]));
    for (const guest of guests) byInvitation.get(guest.invitationId)?.push(guest);
    return invitationIds.map((id) => byInvitation.get(id) ?? []);
  });

/** The answer to each invitation; null until there is one. */
export const createRsvpLoader = (prisma: PrismaClient) =>
  new DataLoader<string, Rsvp | null>(async (invitationIds) => {
    const rsvps = await prisma.rsvp.findMany({
      where: { invitationId: { in: [...invitationIds] } },
    });
    const byInvitation = new Map(rsvps.map((rsvp) => [rsvp.invitationId, rsvp]));
    return invitationIds.map((id) => byInvitation.get(id) ?? null);
  });

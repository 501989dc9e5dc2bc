import { id as idSchema } from '@eventxperts/graphql';
import DataLoader from 'dataloader';
import type { Guest, PrismaClient } from '../generated/prisma/client.ts';
import type { InvitationLoader } from '../invitation/invitation.loader.ts';

/** Guests by id; null where there is none or the caller may not see the invitation they stand on. */
export const createGuestLoader = (prisma: PrismaClient, invitations: InvitationLoader) =>
  new DataLoader<string, Guest | null>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const guests = await prisma.guest.findMany({
      where: { id: { in: ids.filter((id) => id !== undefined) } },
    });
    const seen = await Promise.all(guests.map((guest) => invitations.load(guest.invitationId)));
    const visible = new Map(
      guests.filter((_, index) => seen[index]).map((guest) => [guest.id, guest]),
    );
    return ids.map((id) => visible.get(id ?? '') ?? null);
  });

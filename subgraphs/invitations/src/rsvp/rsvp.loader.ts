import { id as idSchema } from '@eventxperts/graphql';
import DataLoader from 'dataloader';
import type { PrismaClient, Rsvp } from '../generated/prisma/client.ts';
import type { InvitationLoader } from '../invitation/invitation.loader.ts';

/** Answers by id; null where there is none or the caller may not see the invitation they answer. */
export const createAnswerLoader = (prisma: PrismaClient, invitations: InvitationLoader) =>
  new DataLoader<string, Rsvp | null>(async (keys) => {
    const ids = keys.map((key) => idSchema.safeParse(key).data);
    const rsvps = await prisma.rsvp.findMany({
      where: { id: { in: ids.filter((id) => id !== undefined) } },
    });
    const seen = await Promise.all(rsvps.map((rsvp) => invitations.load(rsvp.invitationId)));
    const visible = new Map(rsvps.filter((_, index) => seen[index]).map((rsvp) => [rsvp.id, rsvp]));
    return ids.map((id) => visible.get(id ?? '') ?? null);
  });

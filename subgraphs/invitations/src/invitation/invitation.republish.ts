import type { DomainEvent, RepublishSource } from '@eventxperts/messaging';
import type { Prisma } from '../generated/prisma/client.ts';
import { rsvpEvent } from '../rsvp/rsvp.record.ts';
import { invitationEvent } from './invitation.record.ts';

/** Every invitation's state and answer, told again for projections that missed history. No mail follows. */
export const allInvitationsAgain: RepublishSource<Prisma.TransactionClient> = {
  async page(tx, after, limit) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select id from invitation
      where id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      order by id limit ${limit} for update`;
    const told: DomainEvent[] = [];
    for (const { id } of rows) {
      const stated = await nextVersion(tx, id);
      const isRevoked = stated.status === 'REVOKED';
      told.push(invitationEvent(isRevoked ? 'invite.revoked' : 'invite.created', stated));
      if (!stated.rsvp || isRevoked) continue;
      const { version } = await nextVersion(tx, id);
      told.push(rsvpEvent(stated.rsvp, version));
    }
    return told;
  },
};

const nextVersion = (tx: Prisma.TransactionClient, id: string) =>
  tx.invitation.update({
    where: { id },
    data: { version: { increment: 1 } },
    include: { guests: { orderBy: { position: 'asc' } }, rsvp: true },
  });

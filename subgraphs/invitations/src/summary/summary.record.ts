import { CodedError } from '@eventxperts/errors';
import type { Prisma, Rsvp } from '../generated/prisma/client.ts';

/** What of an answer is counted; null is no answer yet. */
export type Counted = Pick<Rsvp, 'response' | 'headcount'> | null;

export async function countInvited(
  tx: Prisma.TransactionClient,
  eventId: string,
  invitations: number,
): Promise<void> {
  await tx.$executeRaw`
    insert into rsvp_summary as s (event_id, invited) values (${eventId}::uuid, ${invitations})
    on conflict (event_id) do update set invited = s.invited + excluded.invited`;
}

/**
 * Moves one invitation from its former answer to the new one. The update locks the event's row until
 * the commit, so two answers cannot both take the last place.
 * @throws CodedError SOLD_OUT when more would come than `capacity` admits.
 */
export async function countAnswer(
  tx: Prisma.TransactionClient,
  eventId: string,
  change: { from: Counted; to: Counted },
  capacity: number | null,
): Promise<void> {
  const before = countsOf(change.from);
  const after = countsOf(change.to);
  const { headcount } = await tx.rsvpSummary.update({
    where: { eventId },
    data: {
      yes: { increment: after.yes - before.yes },
      no: { increment: after.no - before.no },
      maybe: { increment: after.maybe - before.maybe },
      headcount: { increment: after.headcount - before.headcount },
    },
  });
  const grows = after.headcount > before.headcount;
  if (grows && capacity !== null && headcount > capacity) {
    const left = Math.max(0, capacity - (headcount - after.headcount));
    throw new CodedError('SOLD_OUT', `There is room for ${left} on this invitation.`, {
      field: 'headcount',
      extensions: { left },
    });
  }
}

export async function countRevoked(
  tx: Prisma.TransactionClient,
  eventId: string,
  answer: Counted,
): Promise<void> {
  await countAnswer(tx, eventId, { from: answer, to: null }, null);
  await tx.rsvpSummary.update({ where: { eventId }, data: { invited: { decrement: 1 } } });
}

const countsOf = (answer: Counted) => ({
  yes: answer?.response === 'YES' ? 1 : 0,
  no: answer?.response === 'NO' ? 1 : 0,
  maybe: answer?.response === 'MAYBE' ? 1 : 0,
  headcount: answer?.response === 'YES' ? answer.headcount : 0,
});

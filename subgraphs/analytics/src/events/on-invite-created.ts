import type { SqlTransaction } from '@eventxperts/database';
import { defineHandler } from '@eventxperts/messaging';
import { countAnswers } from '../dashboard/answer-count.service.ts';

/** Counts an invitation as not answered. At sequence 0 it never replaces an answer, even when told again. */
export const onInviteCreated = <Tx extends SqlTransaction>() =>
  defineHandler<'invite.created', Tx>('invite.created', async (tx, invitations) => {
    const first = new Map(invitations.map(({ data }) => [data.id, data]));
    await countAnswers(
      tx,
      [...first.values()].map(({ id, eventId }) => ({
        invitation_id: id,
        event_id: eventId,
        answer: 'PENDING',
        headcount: 0,
        sequence: 0,
      })),
    );
  });

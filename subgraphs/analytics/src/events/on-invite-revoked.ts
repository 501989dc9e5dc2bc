import type { SqlTransaction } from '@eventxperts/database';
import { defineHandler } from '@eventxperts/messaging';
import { countAnswers } from '../dashboard/answer-count.service.ts';

/** Takes an invitation, and the answer to it, out of the count. */
export const onInviteRevoked = <Tx extends SqlTransaction>() =>
  defineHandler<'invite.revoked', Tx>('invite.revoked', async (tx, invitations) => {
    const newest = new Map(invitations.map((event) => [event.data.id, event]));
    await countAnswers(
      tx,
      [...newest.values()].map(({ data, sequence }) => ({
        invitation_id: data.id,
        event_id: data.eventId,
        answer: 'REVOKED',
        headcount: 0,
        sequence,
      })),
    );
  });

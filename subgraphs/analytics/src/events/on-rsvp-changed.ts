import type { SqlTransaction } from '@eventxperts/database';
import { defineHandler } from '@eventxperts/messaging';
import { countAnswers } from '../dashboard/answer-count.service.ts';

/** Moves an invitation from its last answer to this one. */
export const onRsvpChanged = <Tx extends SqlTransaction>() =>
  defineHandler<'rsvp.changed', Tx>('rsvp.changed', async (tx, answers) => {
    // Events of one invitation arrive in order: the last of a batch is the newest.
    const newest = new Map(answers.map((event) => [event.data.id, event]));
    await countAnswers(
      tx,
      [...newest.values()].map(({ data, sequence }) => ({
        invitation_id: data.id,
        event_id: data.eventId,
        answer: data.response,
        headcount: data.headcount,
        sequence,
      })),
    );
  });

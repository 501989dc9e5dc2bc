import { badInput, CodedError, notFound, parseInput } from '@eventxperts/errors';
import { awaitEventAccess, type EventAccess } from '@eventxperts/event-access';
import { appendLive } from '@eventxperts/live';
import { appendEvent } from '@eventxperts/messaging';
import { v7 as uuidv7 } from 'uuid';
import type { Prisma, Rsvp } from '../generated/prisma/client.ts';
import { partySizeOf } from '../invitation/invitation.record.ts';
import { type InvitationStore, lockInvitation } from '../invitation/invitation.service.ts';
import type { ClaimedCode, InvitationCodes } from '../invitation/invitation-code.ts';
import { countAnswer } from '../summary/summary.record.ts';
import { type Answer, answer as answerSchema, type RsvpInput } from './rsvp.input.ts';
import { rsvpEvent } from './rsvp.record.ts';
import { rsvpStream } from './rsvp.stream.ts';

type LockedInvitation = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>;

/** Taking answers. Whoever holds the code answers; there is no account. */
export class RsvpService {
  constructor(
    private readonly store: InvitationStore,
    private readonly codes: InvitationCodes,
  ) {}

  /** Locks in one order: invitation, summary, live stream, outbox. */
  async answer(input: RsvpInput): Promise<Rsvp> {
    const answer = parseInput(answerSchema, input);
    const claimed = this.codes.read(answer.code);
    if (!claimed) throw notFound('Invitation');
    return this.store.transaction(async (tx) => {
      const invitation = await this.#lockProven(tx, claimed);
      const event = await openEvent(tx, invitation.eventId);
      const given = { response: answer.response, headcount: headcountOf(answer, invitation) };
      await countAnswer(
        tx,
        event.eventId,
        { from: invitation.rsvp, to: given },
        event.admission === 'INVITATION' ? event.capacity : null,
      );
      const rsvp = await save(tx, invitation, { ...given, note: answer.note ?? null });
      await publish(tx, rsvp);
      return rsvp;
    });
  }

  /** An unknown, an altered and a revoked code are one and the same answer. */
  async #lockProven(tx: Prisma.TransactionClient, claimed: ClaimedCode) {
    const invitation = await lockInvitation(tx, claimed.invitationId);
    if (!invitation || !this.codes.proves(claimed, invitation)) throw notFound('Invitation');
    if (invitation.status === 'REVOKED') throw notFound('Invitation');
    return invitation;
  }
}

async function openEvent(tx: Prisma.TransactionClient, eventId: string): Promise<EventAccess> {
  const event = (await awaitEventAccess(tx, [eventId])).get(eventId);
  if (!event) throw new CodedError('NOT_READY');
  if (event.status === 'CANCELLED') throw new CodedError('CONFLICT', 'The event was cancelled.');
  if (event.endsAt < new Date()) throw new CodedError('CONFLICT', 'The event is over.');
  return event;
}

function headcountOf({ response, headcount }: Answer, invitation: LockedInvitation): number {
  const most = partySizeOf(invitation);
  switch (response) {
    case 'NO':
      if (headcount) throw badInput('headcount', 'Must be 0 or left out of a NO.');
      return 0;
    case 'YES':
      return within(headcount ?? invitation.guests.length, 1, most);
    case 'MAYBE':
      return within(headcount ?? invitation.guests.length, 0, most);
    default:
      return response satisfies never;
  }
}

function within(headcount: number, least: number, most: number): number {
  if (headcount < least || headcount > most) {
    throw badInput('headcount', `Must be ${least} to ${most} for this invitation.`);
  }
  return headcount;
}

async function save(
  tx: Prisma.TransactionClient,
  { id: invitationId, eventId }: LockedInvitation,
  given: Pick<Rsvp, 'response' | 'headcount' | 'note'>,
): Promise<Rsvp> {
  return tx.rsvp.upsert({
    where: { invitationId },
    create: { id: uuidv7(), invitationId, eventId, ...given },
    update: given,
  });
}

async function publish(tx: Prisma.TransactionClient, rsvp: Rsvp): Promise<void> {
  const { version } = await tx.invitation.update({
    where: { id: rsvp.invitationId },
    data: { status: 'ANSWERED', version: { increment: 1 } },
  });
  await appendLive(tx, rsvpStream(rsvp.eventId), {
    ...rsvp,
    updatedAt: rsvp.updatedAt.toISOString(),
  });
  await appendEvent(tx, rsvpEvent(rsvp, version));
}

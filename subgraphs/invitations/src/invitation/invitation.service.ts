import { CodedError, notFound, parseInput } from '@eventxperts/errors';
import { loadEventAccess, may, requireEvent } from '@eventxperts/event-access';
import type { Caller } from '@eventxperts/identity';
import { type DomainStore, type IdempotentCall, once } from '@eventxperts/subgraph';
import { v7 as uuidv7 } from 'uuid';
import { Prisma, type PrismaClient } from '../generated/prisma/client.ts';
import { countInvited, countRevoked } from '../summary/summary.record.ts';
import { type InviteGuestsInput, type NewGuest, newInvitations } from './invitation.input.ts';
import { type InvitationWithGuests, recordInvitation } from './invitation.record.ts';
import type { InvitationCodes } from './invitation-code.ts';

export type InvitationStore = DomainStore<Prisma.TransactionClient, PrismaClient>;

interface InvitationServiceOptions {
  readonly store: InvitationStore;
  readonly codes: InvitationCodes;
  /** Encrypts a code so that notifications alone can read it. */
  readonly seal: (code: string) => Promise<string>;
}

interface Drafted {
  readonly id: string;
  readonly guest: NewGuest;
  readonly linkSecret: string | null;
}

/** Making invitations and taking them back. Each method is one transaction: all guests or none. */
export class InvitationService {
  readonly #store: InvitationStore;
  readonly #codes: InvitationCodes;
  readonly #seal: (code: string) => Promise<string>;

  constructor({ store, codes, seal }: InvitationServiceOptions) {
    this.#store = store;
    this.#codes = codes;
    this.#seal = seal;
  }

  async invite(
    call: IdempotentCall & { input: InviteGuestsInput },
  ): Promise<readonly InvitationWithGuests[]> {
    const { caller, input } = call;
    if (caller.kind !== 'user') throw new CodedError('UNAUTHENTICATED');
    const { eventId, guests } = parseInput(newInvitations, input);
    const event = await requireEvent(this.#store.prisma, caller, eventId, 'manage');
    if (event.status === 'CANCELLED') throw new CodedError('CONFLICT', 'The event was cancelled.');
    const drafted = await Promise.all(guests.map((guest) => this.#draft(guest)));
    return this.#store
      .transaction((tx) =>
        once(
          tx,
          call,
          () => insertInvitations(tx, eventId, drafted),
          (ids) => readInvitations(tx, ids),
        ),
      )
      .catch((error: unknown) => this.#explainDuplicate(error, eventId, guests));
  }

  /** Ends the code. The answer stays with the host, but it no longer counts. */
  revoke(caller: Caller, id: string): Promise<InvitationWithGuests> {
    return this.#store.transaction(async (tx) => {
      const invitation = await lockInvitation(tx, id);
      if (!invitation) throw notFound('Invitation');
      const event = (await loadEventAccess(tx, [invitation.eventId])).get(invitation.eventId);
      if (!event || !may(caller, event, 'manage')) throw notFound('Invitation');
      if (invitation.status === 'REVOKED') return invitation;
      const revoked = await tx.invitation.update({
        where: { id },
        data: {
          status: 'REVOKED',
          rotation: { increment: 1 },
          version: { increment: 1 },
          // The guest may be invited anew.
          guests: { updateMany: { where: {}, data: { heldEmail: null } } },
        },
        include: { guests: true, rsvp: true },
      });
      await countRevoked(tx, invitation.eventId, invitation.rsvp);
      await recordInvitation(tx, 'invite.revoked', revoked);
      return revoked;
    });
  }

  async #draft(guest: NewGuest): Promise<Drafted> {
    const id = uuidv7();
    const code = this.#codes.codeOf({ id, rotation: 0 });
    return { id, guest, linkSecret: guest.email ? await this.#seal(code) : null };
  }

  async #explainDuplicate(
    error: unknown,
    eventId: string,
    guests: readonly NewGuest[],
  ): Promise<never> {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') {
      throw error;
    }
    const emails = guests.flatMap(({ email }) => email ?? []);
    const known = await this.#store.prisma.guest.findMany({
      where: { eventId, heldEmail: { in: emails } },
      select: { email: true },
    });
    const invited = new Set(known.map(({ email }) => email));
    const index = guests.findIndex(({ email }) => email && invited.has(email));
    throw new CodedError('CONFLICT', 'This guest is invited already.', {
      field: index < 0 ? 'guests' : `guests.${index}.email`,
    });
  }
}

/** Locks the row: whatever changes an invitation or its answer begins here. */
export async function lockInvitation(tx: Prisma.TransactionClient, id: string) {
  await tx.$queryRaw`select 1 from invitation where id = ${id}::uuid for update`;
  return tx.invitation.findUnique({ where: { id }, include: { guests: true, rsvp: true } });
}

async function insertInvitations(
  tx: Prisma.TransactionClient,
  eventId: string,
  drafted: readonly Drafted[],
): Promise<InvitationWithGuests[]> {
  await tx.invitation.createMany({
    data: drafted.map(({ id, guest }) => ({
      id,
      eventId,
      plusOnesAllowed: guest.plusOnesAllowed ?? 0,
      version: 1,
    })),
  });
  await tx.guest.createMany({
    data: drafted.flatMap(({ id, guest }) =>
      [guest.name, ...(guest.household ?? [])].map((name, position) => ({
        id: uuidv7(),
        invitationId: id,
        eventId,
        position,
        name,
        ...addressOf(guest, position),
      })),
    ),
  });
  await countInvited(tx, eventId, drafted.length);
  const made = await readInvitations(
    tx,
    drafted.map(({ id }) => id),
  );
  const secrets = new Map(drafted.map(({ id, linkSecret }) => [id, linkSecret]));
  for (const invitation of made) {
    await recordInvitation(tx, 'invite.created', invitation, secrets.get(invitation.id) ?? null);
  }
  return made;
}

const readInvitations = (tx: Prisma.TransactionClient, ids: readonly string[]) =>
  tx.invitation.findMany({
    where: { id: { in: [...ids] } },
    include: { guests: { orderBy: { position: 'asc' } } },
    orderBy: { id: 'asc' },
  });

/** The first on an invitation is written to, and nobody else is invited by that address meanwhile. */
function addressOf({ email }: NewGuest, position: number) {
  const address = position === 0 ? (email ?? null) : null;
  return { email: address, heldEmail: address };
}

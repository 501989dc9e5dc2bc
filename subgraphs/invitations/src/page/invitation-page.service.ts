import { badInput, notFound } from '@eventxperts/errors';
import { awaitEventAccess } from '@eventxperts/event-access';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { RsvpResponse } from '../generated/prisma/enums.ts';
import { partySizeOf } from '../invitation/invitation.record.ts';
import type { InvitationCodes } from '../invitation/invitation-code.ts';
import type { RsvpService } from '../rsvp/rsvp.service.ts';
import type { InvitationPage } from './invitation-page.template.ts';

interface PageOptions {
  readonly prisma: PrismaClient;
  readonly codes: InvitationCodes;
  readonly rsvpService: RsvpService;
}

/** What the page behind an invitation's link shows and does: the same rules as the API's. */
export class InvitationPageService {
  constructor(private readonly options: PageOptions) {}

  /** Null where the code opens nothing, or its event is not published yet. */
  async open(code: string): Promise<InvitationPage | null> {
    const { codes, prisma } = this.options;
    const claimed = codes.read(code);
    if (!claimed) return null;
    const invitation = await prisma.invitation.findUnique({
      where: { id: claimed.invitationId },
      include: { guests: { orderBy: { position: 'asc' } }, rsvp: true },
    });
    if (!invitation || invitation.status === 'REVOKED') return null;
    if (!codes.proves(claimed, invitation)) return null;
    const event = (await awaitEventAccess(prisma, [invitation.eventId])).get(invitation.eventId);
    if (!event || event.status === 'DRAFT') return null;
    const { guests, rsvp } = invitation;
    return { event, guests, rsvp, partySize: partySizeOf(invitation) };
  }

  async answer(code: string, form: URLSearchParams): Promise<void> {
    if (!(await this.open(code))) throw notFound('Invitation');
    const response = responses.find((known) => known === form.get('response'));
    if (!response) throw badInput('response', 'Choose one of the three answers.');
    const headcount = form.get('headcount');
    await this.options.rsvpService.answer({
      code,
      response,
      headcount: response === 'NO' || !headcount ? null : Number(headcount),
      note: form.get('note')?.trim() || null,
    });
  }
}

const responses = Object.values(RsvpResponse);

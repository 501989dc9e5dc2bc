import { notFound } from '@eventxperts/errors';
import { id as idSchema } from '@eventxperts/graphql';
import { Authenticated } from '@eventxperts/subgraph';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { InvitationsContext } from '../context.ts';
import { Guest } from '../guest/guest.type.ts';
import { Rsvp } from '../rsvp/rsvp.type.ts';
import { InviteGuestsInput } from './invitation.input.ts';
import { Invitation } from './invitation.type.ts';

@Resolver(() => Invitation)
export class InvitationResolver {
  @Query(() => Invitation, {
    nullable: true,
    description:
      'The invitation that a code opens, for whoever holds it; no account is needed. Null for an unknown or revoked code.',
  })
  invitation(
    @Directive('@tag(name: "secret")')
    @Arg('code', () => String, { description: 'The code out of its link. Send it by POST only.' })
    code: string,
    @Ctx() { openInvitation }: InvitationsContext,
  ) {
    return openInvitation(code);
  }

  @Authenticated()
  @Mutation(() => [Invitation], {
    description:
      'Invites guests to an event that the caller manages, all or none. Each who has an address is sent a mail with the link once the event is published. Errors: UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, NOT_READY, BAD_USER_INPUT, CONFLICT (cancelled, or a guest is invited already).',
  })
  inviteGuests(
    @Arg('input', () => InviteGuestsInput, { description: 'Whom to invite.' })
    input: InviteGuestsInput,
    @Ctx() { caller, idempotencyKey, invitationService }: InvitationsContext,
    @Info() { path }: GraphQLResolveInfo,
  ) {
    const key = idempotencyKey;
    return invitationService.invite({ caller, key, field: String(path.key), input });
  }

  @Authenticated()
  @Mutation(() => Invitation, {
    description:
      'Takes an invitation back: its code opens nothing any more and its answer no longer counts. Errors: UNAUTHENTICATED, NOT_FOUND.',
  })
  revokeInvitation(
    @Arg('id', () => ID, { description: 'The invitation’s id.' }) id: string,
    @Ctx() { caller, invitationService }: InvitationsContext,
  ) {
    const known = idSchema.safeParse(id);
    if (!known.success) throw notFound('Invitation');
    return invitationService.revoke(caller, known.data);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The secret in the link; null to whoever neither manages the event nor holds it.',
  })
  code(@Root() invitation: Invitation, @Ctx() { codes }: InvitationsContext) {
    return invitation.status === 'REVOKED' ? null : codes.codeOf(invitation);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The page on which the guest answers; as secret as `code`.',
  })
  link(@Root() invitation: Invitation, @Ctx() { codes, linkOf }: InvitationsContext) {
    return invitation.status === 'REVOKED' ? null : linkOf(codes.codeOf(invitation));
  }

  @FieldResolver(() => Int, {
    description: 'The most people it admits: the guests named on it and their plus-ones.',
  })
  async partySize(@Root() { id, plusOnesAllowed }: Invitation, @Ctx() context: InvitationsContext) {
    return (await context.guests.load(id)).length + plusOnesAllowed;
  }

  @FieldResolver(() => Guest, { nullable: true, description: 'Who is written to.' })
  async guest(@Root() { id }: Invitation, @Ctx() { guests }: InvitationsContext) {
    const [guest] = await guests.load(id);
    return guest ?? null;
  }

  @FieldResolver(() => [Guest], {
    description: 'Everyone named on it, the one written to first; at most 21.',
  })
  guests(@Root() { id }: Invitation, @Ctx() { guests }: InvitationsContext) {
    return guests.load(id);
  }

  @FieldResolver(() => Rsvp, {
    nullable: true,
    description: 'The answer; null until there is one.',
  })
  rsvp(@Root() { id }: Invitation, @Ctx() { rsvps }: InvitationsContext) {
    return rsvps.load(id);
  }

  /** See `Invitation.event` in events: what carries a guest's right to that domain. */
  @Directive('@inaccessible')
  @FieldResolver(() => String, { nullable: true })
  eventGrant(@Root() invitation: Invitation, @Ctx() { grantFor }: InvitationsContext) {
    return grantFor(invitation);
  }
}

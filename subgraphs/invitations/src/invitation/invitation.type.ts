import { PageInfo } from '@eventxperts/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { InvitationStatus } from '../generated/prisma/enums.ts';

registerEnumType(InvitationStatus, {
  name: 'InvitationStatus',
  description: 'How far an invitation has come.',
  valuesConfig: {
    DRAFT: { description: 'Not sent yet: its mail is on the way out, or it has no address.' },
    SENT: { description: 'Handed to the mail server.' },
    OPENED: { description: 'The guest looked at it.' },
    ANSWERED: { description: 'The guest answered.' },
    REVOKED: { description: 'Taken back: its code opens nothing any more.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'One link to one event, for one guest or a household.' })
export class Invitation {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { description: 'The event it is for.' })
  eventId!: string;

  @Field(() => InvitationStatus, { description: 'How far it has come.' })
  status!: InvitationStatus;

  @Field(() => Int, { description: 'How many unnamed people the guests may bring.' })
  plusOnesAllowed!: number;

  rotation!: number;
}

@ObjectType({ description: 'A page of an event’s invitations, in the order they were made.' })
export class EventInvitationsConnection {
  @Field(() => [Invitation])
  nodes!: Invitation[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

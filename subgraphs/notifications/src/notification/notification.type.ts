import { DateTime } from '@eventxperts/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Channel, NotificationKind, NotificationStatus } from '../generated/prisma/enums.ts';

registerEnumType(Channel, {
  name: 'NotificationChannel',
  description: 'How a message reaches a person.',
  valuesConfig: { EMAIL: { description: 'By e-mail.' } },
});

registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What a message is about.',
  valuesConfig: { INVITATION: { description: 'Invites a guest, with their link.' } },
});

registerEnumType(NotificationStatus, {
  name: 'NotificationStatus',
  description: 'How far a message has come.',
  valuesConfig: {
    PENDING: { description: 'Waits to go out, or for the next attempt.' },
    SENT: { description: 'Handed over for delivery. Whether it was read is not known.' },
    FAILED: { description: 'Refused, or tried too often. It is not tried again.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'One message to one person over one channel.' })
export class Notification {
  @Field(() => ID)
  id!: string;

  @Field(() => NotificationKind, { description: 'What it is about.' })
  kind!: NotificationKind;

  @Field(() => Channel, { description: 'How it goes out.' })
  channel!: Channel;

  @Field(() => NotificationStatus, { description: 'How far it has come.' })
  status!: NotificationStatus;

  @Field(() => Int, { description: 'How often it was tried, 8 times at the most.' })
  attempts!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why the last attempt failed, for a person to read. Null when none did.',
  })
  failure!: string | null;

  @Field(() => DateTime, { description: 'When its cause happened.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it went out. Null unless SENT.' })
  sentAt!: Date | null;
}

import { DateTime } from '@eventxperts/graphql';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { PaymentStatus } from '../generated/prisma/enums.ts';

registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'How far a payment has come. It never goes back.',
  valuesConfig: {
    CREATED: { description: 'Asked for, and not begun by the payer.' },
    REQUIRES_ACTION: { description: 'The payer has to confirm it with their bank.' },
    PROCESSING: { description: 'With the provider; nobody has to act.' },
    AUTHORIZED: { description: 'Reserved on the payer’s side, and not taken yet.' },
    CAPTURED: { description: 'Taken. What was given back since stands in `refunded`.' },
    FAILED: { description: 'Refused by the provider or the bank. Nothing was taken.' },
    CANCELED: { description: 'Given up before it was taken.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Money that one person pays for one checkout.' })
export class Payment {
  @Field(() => ID)
  id!: string;

  @Field(() => PaymentStatus, { description: 'How far it has come.' })
  status!: PaymentStatus;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  payerId!: string;
  currency!: string;
}

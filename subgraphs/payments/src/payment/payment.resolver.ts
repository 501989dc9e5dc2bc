import { Money } from '@eventxperts/graphql';
import { Authenticated } from '@eventxperts/subgraph';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { PaymentsContext } from '../context.ts';
import type { Payment as PaymentRow } from '../generated/prisma/client.ts';
import { User } from '../references.ts';
import { Payment } from './payment.type.ts';

@Resolver(() => Payment)
export class PaymentResolver {
  @Authenticated()
  @Query(() => Payment, {
    nullable: true,
    description: 'One payment, to its payer; null to others. Errors: UNAUTHENTICATED.',
  })
  payment(
    @Arg('id', () => ID, { description: 'The payment’s id.' }) id: string,
    @Ctx() { payments }: PaymentsContext,
  ) {
    return payments.load(id);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who pays.' })
  payer(@Root() { payerId }: Payment): User {
    return { id: payerId };
  }

  @FieldResolver(() => Money, { description: 'What is to be paid, taxes included.' })
  amount(@Root() { amount, currency }: PaymentRow): Money {
    return { amount: Number(amount), currency };
  }

  @FieldResolver(() => Money, { description: 'What has been taken so far.' })
  captured(@Root() { captured, currency }: PaymentRow): Money {
    return { amount: Number(captured), currency };
  }

  @FieldResolver(() => Money, { description: 'What has been given back, out of `captured`.' })
  refunded(@Root() { refunded, currency }: PaymentRow): Money {
    return { amount: Number(refunded), currency };
  }
}

import { Directive, Field, ObjectType } from 'type-graphql';
import { SafeInt } from './safe-int.ts';
import { Currency } from './text-scalars.ts';

@Directive('@shareable')
@ObjectType({ description: 'An amount of money, exact.' })
export class Money {
  @Field(() => SafeInt, {
    description: "In minor units by the currency's exponent: paise for INR, yen for JPY.",
  })
  amount!: number;

  @Field(() => Currency, { description: 'ISO 4217 code.' })
  currency!: string;
}

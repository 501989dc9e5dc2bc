import { Currency, DateTime } from '@eventxperts/graphql';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { StoreStatus } from '../generated/prisma/enums.ts';

registerEnumType(StoreStatus, {
  name: 'StoreStatus',
  description: 'Whether a store takes orders.',
  valuesConfig: {
    DRAFT: { description: 'Being set up; its owner alone sees it.' },
    OPEN: { description: 'Seen by all, and takes orders.' },
    CLOSED: { description: 'Takes no orders; its owner alone sees it.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Somebody who sells or hires out what events need.' })
export class Store {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The name over the door; one owner has no two alike.' })
  name!: string;

  @Field(() => String, { description: 'What it offers, as plain text; may be empty.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'Where it is at home.' })
  city!: string | null;

  @Field(() => StoreStatus, { description: 'Whether it takes orders.' })
  status!: StoreStatus;

  @Field(() => Currency, { description: 'What all its prices are in.' })
  currency!: string;

  @Field(() => DateTime, { description: 'When its owner made it.' })
  createdAt!: Date;

  ownerId!: string;
}

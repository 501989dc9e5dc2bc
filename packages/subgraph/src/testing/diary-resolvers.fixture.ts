import { CodedError } from '@eventxperts/errors';
import { DateTime } from '@eventxperts/graphql';
import type DataLoader from 'dataloader';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import { Authenticated, RequiresScopes } from '../access-directives.ts';
import type { BaseContext } from '../define-subgraph.ts';

export interface DiaryContext extends BaseContext {
  readonly entries: DataLoader<string, Entry | null>;
  readonly reads: () => number;
  readonly changes: () => AsyncIterableIterator<string>;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A page of a diary.' })
export class Entry {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'What was written.' })
  text!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;
}

@Authenticated()
@ObjectType({ description: 'For its owner alone.' })
export class Lock {
  @Field(() => Int, { description: 'Its number.' })
  number!: number;
}

@InputType({ description: 'A new page.' })
export class EntryInput {
  @Field(() => String, { description: 'What to write.' })
  text!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: Date;
}

@Resolver(() => Entry)
export class DiaryResolver {
  @Query(() => Entry, { nullable: true, description: 'One page.' })
  entry(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Arg('asOf', () => DateTime, { nullable: true, description: 'As it was then.' })
    _asOf: Date | null,
    @Ctx() { entries }: DiaryContext,
  ) {
    return entries.load(id);
  }

  @Query(() => Lock, { nullable: true, description: 'Readable to the signed-in.' })
  lock(): Lock {
    return { number: 7 };
  }

  @Authenticated()
  @Query(() => String, { nullable: true, description: 'Who asks.' })
  me(@Ctx() { caller }: DiaryContext) {
    return caller.kind === 'user' ? caller.id : null;
  }

  @RequiresScopes([['role:ORGANIZER'], ['role:STORE_OWNER', 'role:USER']])
  @Query(() => String, { nullable: true, description: 'For organizers, and users with a store.' })
  ledger() {
    return 'all in order';
  }

  @Query(() => String, { nullable: true, description: 'Goes wrong.' })
  fails(@Arg('how', () => String, { description: 'In which way.' }) how: string): string {
    if (how === 'expected') throw new CodedError('CONFLICT', 'Taken.', { field: 'text' });
    throw new Error('password of the database: hunter2');
  }

  @Mutation(() => Entry, { description: 'Writes a page.' })
  write(
    @Arg('input', () => EntryInput, { description: 'The page.' }) input: EntryInput,
  ): Pick<Entry, 'id' | 'text' | 'at'> {
    return { id: 'written', ...input };
  }

  @Subscription(() => Entry, {
    description: 'A page each time it changes.',
    subscribe: ({ context }: SubscribeResolverData<unknown, object, DiaryContext>) =>
      context.changes(),
  })
  changed(@Root() id: string, @Ctx() { entries }: DiaryContext) {
    return entries.load(id);
  }

  @Authenticated()
  @Subscription(() => Entry, {
    description: 'The same for the signed-in.',
    subscribe: ({ context }: SubscribeResolverData<unknown, object, DiaryContext>) =>
      context.changes(),
  })
  changedInSecret(@Root() id: string, @Ctx() { entries }: DiaryContext) {
    return entries.load(id);
  }

  @FieldResolver(() => Int, { description: 'How often its pages were read from the store.' })
  reads(@Ctx() { reads }: DiaryContext) {
    return reads();
  }
}

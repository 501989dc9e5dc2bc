import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { MarketplaceContext } from '../context.ts';
import { User } from '../references.ts';
import { Store } from './store.type.ts';

@Resolver(() => Store)
export class StoreResolver {
  @Query(() => Store, {
    nullable: true,
    description: 'One store. Null when there is none, or it is not open and not the caller’s.',
  })
  store(
    @Arg('id', () => ID, { description: 'The store’s id.' }) id: string,
    @Ctx() { stores }: MarketplaceContext,
  ) {
    return stores.load(id);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who runs it.' })
  owner(@Root() { ownerId }: Store): User {
    return { id: ownerId };
  }
}

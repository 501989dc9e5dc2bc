import type { Role } from '@eventxperts/identity';
import { Authenticated } from '@eventxperts/subgraph';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { UsersContext } from '../context.ts';
import type { User as UserRow } from '../generated/prisma/client.ts';
import { RoleEnum } from './role.type.ts';
import { seesPersonal } from './user.rules.ts';
import { User } from './user.type.ts';

@Resolver(() => User)
export class UserResolver {
  @Authenticated()
  @Query(() => User, {
    nullable: true,
    description:
      'The user whose access token comes with the request. Null when the account is gone. Errors: UNAUTHENTICATED.',
  })
  async me(@Ctx() { caller, signIn }: UsersContext): Promise<UserRow | null> {
    return caller.kind === 'user' ? signIn.userOf(caller) : null;
  }

  @FieldResolver(() => String, { nullable: true })
  email(@Root() user: UserRow, @Ctx() context: UsersContext): string | null {
    return seesPersonal(context, user) ? user.email : null;
  }

  @FieldResolver(() => [RoleEnum], { nullable: true })
  roles(@Root() user: UserRow, @Ctx() context: UsersContext): Role[] | null {
    return seesPersonal(context, user) ? user.roles : null;
  }
}

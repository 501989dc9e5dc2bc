import { DateTime } from '@eventxperts/graphql';
import type { Role } from '@eventxperts/identity';
import { Field, InputType, ObjectType } from 'type-graphql';
import { RoleEnum } from '../user/role.type.ts';
import { User } from '../user/user.type.ts';

@ObjectType({ description: 'What a client holds after signing in.' })
export class SessionTokens {
  @Field(() => String, {
    description: 'Send it as `Authorization: Bearer …`. Valid for five minutes.',
  })
  accessToken!: string;

  @Field(() => String, {
    description:
      'Buys the next access token, once: each use gives a new one, and using an old one again ends the session.',
  })
  refreshToken!: string;

  @Field(() => DateTime, { description: 'When the access token ends.' })
  expiresAt!: Date;

  @Field(() => User, { description: 'Who is signed in.' })
  user!: User;
}

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, { description: 'The address to sign in with; one account each.' })
  email!: string;

  @Field(() => String, { description: '8 to 200 characters, any of them.' })
  password!: string;

  @Field(() => String, { description: 'The name shown to others, at most 100 characters.' })
  displayName!: string;

  @Field(() => [RoleEnum], {
    nullable: true,
    description: 'What the account is for; USER if left out. SUPER_ADMIN cannot be chosen.',
  })
  roles?: Role[] | null;
}

@InputType({ description: 'Who signs in.' })
export class LoginInput {
  @Field(() => String, { description: 'The address of the account.' })
  email!: string;

  @Field(() => String, { description: 'Its password.' })
  password!: string;
}

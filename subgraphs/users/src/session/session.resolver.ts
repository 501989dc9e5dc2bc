import { parseInput } from '@eventxperts/errors';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { UsersContext } from '../context.ts';
import { credentials, registration } from './session.input.ts';
import { LoginInput, RegisterInput, SessionTokens } from './session.type.ts';
import type { SignedIn } from './sign-in.port.ts';

@Resolver()
export class SessionResolver {
  @Mutation(() => SessionTokens, {
    description:
      'Makes an account and signs it in. Errors: BAD_USER_INPUT, CONFLICT (field `email`: it has an account), IDENTITY_EXTERNAL.',
  })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
    @Ctx() { signIn, signedIn }: UsersContext,
  ): Promise<SignedIn> {
    return remembered(await signIn.register(parseInput(registration, input)), signedIn);
  }

  @Mutation(() => SessionTokens, {
    description:
      'Signs in. An unknown address and a wrong password give the same answer. Errors: BAD_USER_INPUT, UNAUTHENTICATED, RATE_LIMITED, IDENTITY_EXTERNAL.',
  })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput,
    @Ctx() { signIn, signedIn }: UsersContext,
  ): Promise<SignedIn> {
    return remembered(await signIn.login(parseInput(credentials, input)), signedIn);
  }
}

function remembered(session: SignedIn, signedIn: Set<string>): SignedIn {
  signedIn.add(session.user.id);
  return session;
}

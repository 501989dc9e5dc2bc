import { errorTable } from '@eventxperts/errors';
import { Query, Resolver } from 'type-graphql';
import { ErrorCodeDescription, errorCodes } from './error-code.type.ts';

@Resolver()
export class ErrorCodeResolver {
  @Query(() => [ErrorCodeDescription], {
    description: 'Every expected failure, for clients that build their messages from it.',
  })
  errorCodes(): ErrorCodeDescription[] {
    return errorCodes.map((code) => ({ code, ...errorTable[code] }));
  }
}

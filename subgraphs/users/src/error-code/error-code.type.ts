import { type ErrorCode, errorTable, isErrorCode } from '@eventxperts/errors';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

export const errorCodes: readonly ErrorCode[] = Object.keys(errorTable).filter(isErrorCode);

const ErrorCodeEnum = Object.fromEntries(errorCodes.map((code) => [code, code]));

registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description: 'The values of `extensions.code` in an error. More may be added; none is renamed.',
  valuesConfig: Object.fromEntries(
    errorCodes.map((code) => [code, { description: errorTable[code].meaning }]),
  ),
});

@ObjectType({ description: 'An expected failure of this API.' })
export class ErrorCodeDescription {
  @Field(() => ErrorCodeEnum, { description: 'The value of `extensions.code`.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'What it tells a client.' })
  meaning!: string;

  @Field(() => Boolean, {
    description: 'Whether the same request may succeed later without change.',
  })
  retryable!: boolean;

  @Field(() => Int, { description: 'The HTTP status that it stands for.' })
  status!: number;
}

import { GraphQLError } from 'graphql';
import { type ErrorCode, errorTable } from './error-table.ts';

export interface ErrorDetails {
  /** The input field at fault, as the client wrote it: `venue.latitude`, `guests.3.email`. */
  readonly field?: string;
  /** Further members of `extensions` that the code's meaning promises, such as `retryAfter`. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** What happened underneath; logged, never sent. */
  readonly cause?: unknown;
}

/** An expected failure. Its message and extensions reach the client as they are. */
export class CodedError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(
    code: ErrorCode,
    message: string = errorTable[code].meaning,
    details: ErrorDetails = {},
  ) {
    super(message, {
      extensions: {
        ...details.extensions,
        code,
        ...(details.field === undefined ? {} : { field: details.field }),
      },
      ...(details.cause instanceof Error ? { originalError: details.cause } : {}),
    });
    this.code = code;
  }
}

export const badInput = (field: string, message: string): CodedError =>
  new CodedError('BAD_USER_INPUT', message, { field });

export const notFound = (what: string): CodedError =>
  new CodedError('NOT_FOUND', `${what} not found.`);

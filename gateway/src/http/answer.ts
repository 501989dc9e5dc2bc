import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CodedError, errorTable } from '@eventxperts/errors';
import type { GraphQLFormattedError } from 'graphql';

export const bodyHeaders = (type: string) => ({
  'content-type': type,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

export function answerText(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, bodyHeaders(type)).end(text);
}

/** A GraphQL answer without data, for a request that never became an operation. */
export function answerErrors(
  response: ServerResponse,
  status: number,
  errors: readonly GraphQLFormattedError[],
): void {
  answerText(response, status, JSON.stringify({ errors }), 'application/json; charset=utf-8');
}

export const answerError = (response: ServerResponse, error: CodedError): void =>
  answerErrors(response, errorTable[error.code].status, [error.toJSON()]);

export const badRequest = (message: string): GraphQLFormattedError => ({
  message,
  extensions: { code: 'BAD_REQUEST' },
});

/** A header that came once; sent twice it counts as not sent. */
export function singleHeader({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

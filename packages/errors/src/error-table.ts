/**
 * The one table of expected failures. A code is a promise to clients: it is added, never renamed.
 * `retryable` means the same request may succeed later without change.
 */
export const errorTable = {
  UNAUTHENTICATED: {
    status: 401,
    retryable: false,
    meaning: 'No valid access token came with the request.',
  },
  FORBIDDEN: { status: 403, retryable: false, meaning: 'The caller may not do this.' },
  NOT_FOUND: {
    status: 404,
    retryable: false,
    meaning: 'It does not exist, or the caller may not know that it does.',
  },
  NOT_READY: {
    status: 503,
    retryable: true,
    meaning: 'It was created moments ago and has not reached this service yet. Try again.',
  },
  BAD_USER_INPUT: {
    status: 400,
    retryable: false,
    meaning: 'A value is not acceptable. `extensions.field` names the input field.',
  },
  CONFLICT: {
    status: 409,
    retryable: false,
    meaning: 'It is not possible in the present state, or it exists already.',
  },
  IDENTITY_EXTERNAL: {
    status: 409,
    retryable: false,
    meaning:
      'Accounts are kept by an outside identity provider. `extensions.authorizationUrl` is where to sign in.',
  },
  SOLD_OUT: { status: 409, retryable: false, meaning: 'Nothing is left.' },
  ALL_HELD: {
    status: 409,
    retryable: true,
    meaning: 'All that is left is held by others. `extensions.retryAt` tells when a hold ends.',
  },
  HOLD_EXPIRED: { status: 409, retryable: false, meaning: 'The hold ended before it was used.' },
  PAYMENT_DECLINED: { status: 402, retryable: false, meaning: 'The payment was declined.' },
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    meaning: 'Too many requests. `extensions.retryAfter` is the wait in seconds.',
  },
  OPERATION_TOO_LARGE: {
    status: 400,
    retryable: false,
    meaning: 'The operation is deeper, wider or longer than the limits allow.',
  },
  IDEMPOTENCY_MISMATCH: {
    status: 409,
    retryable: false,
    meaning: 'This idempotency key was used with another input.',
  },
  CURSOR_EXPIRED: {
    status: 410,
    retryable: false,
    meaning: 'The cursor is older than what is kept. Start again without it.',
  },
  UNAVAILABLE: {
    status: 503,
    retryable: true,
    meaning: 'A service behind the endpoint cannot be reached. Try again.',
  },
  INTERNAL: {
    status: 500,
    retryable: false,
    meaning: 'A fault on our side. `extensions.traceId` finds it in the logs.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; meaning: string }>;

export type ErrorCode = keyof typeof errorTable;

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorTable, code);

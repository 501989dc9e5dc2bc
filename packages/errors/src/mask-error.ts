import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { CodedError } from './coded-error.ts';
import { isErrorCode } from './error-table.ts';

/** Codes that graphql-js and Apollo give to a malformed request; their messages quote only the request. */
const requestCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'OPERATION_RESOLUTION_FAILURE',
]);

export type ReportFault = (fault: { traceId: string; error: unknown; path?: string }) => void;

/**
 * What a client may see of an error: a coded error as it is, a fault of the request as graphql-js
 * words it, and of anything else only INTERNAL with a trace id. The fault itself goes to `report`.
 */
export function maskError(error: unknown, report: ReportFault): GraphQLFormattedError {
  const outer = error instanceof GraphQLError ? error : new GraphQLError(String(error));
  const cause = rootCause(error);
  const where = {
    ...(outer.locations ? { locations: outer.locations } : {}),
    ...(outer.path ? { path: outer.path } : {}),
  };
  if (isAboutVariable(outer)) {
    const field = fieldIn(outer.message);
    return {
      message: outer.message,
      ...where,
      extensions: { code: 'BAD_USER_INPUT', ...(field === undefined ? {} : { field }) },
    };
  }
  if (cause instanceof CodedError || isExpected(outer)) {
    const shown = cause instanceof CodedError ? cause : outer;
    return { message: shown.message, ...where, extensions: forClients(shown.extensions) };
  }
  const traceId = randomUUID();
  report({ traceId, error: cause, ...(outer.path ? { path: outer.path.join('.') } : {}) });
  return {
    message: 'Something went wrong on our side.',
    ...where,
    extensions: { code: 'INTERNAL', traceId },
  };
}

function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && !(cause instanceof CodedError) && cause.originalError) {
    cause = cause.originalError;
  }
  return cause;
}

/** A plain GraphQLError without an original error was raised by graphql-js about the request itself. */
function isExpected(error: GraphQLError): boolean {
  const { code } = error.extensions;
  if (isErrorCode(code) || (typeof code === 'string' && requestCodes.has(code))) return true;
  return code === undefined && error.originalError === undefined && error.nodes !== undefined;
}

/**
 * A variable of the wrong type: graphql-js points at where the operation declares the variable. Its
 * validation does so, too, of an unused variable for one, but that has a code by the time it comes here.
 */
const isAboutVariable = ({ nodes = [], extensions }: GraphQLError): boolean =>
  (extensions.code === undefined || extensions.code === 'BAD_USER_INPUT') &&
  nodes.some(({ kind }) => kind === Kind.VARIABLE_DEFINITION);

/**
 * graphql-js names the place within a variable only in its words: `… at "input.guests[3].name"; …`. The
 * variable itself, which mostly has its argument's name, it names by the `$`.
 */
function fieldIn(message: string): string | undefined {
  const place = / at "([^"]+)"; /.exec(message)?.[1];
  const [, ...path] = place?.replaceAll(/\[(\d+)\]/g, '.$1').split('.') ?? [];
  return path.length > 0 ? path.join('.') : /^Variable "\$(\w+)"/.exec(message)?.[1];
}

/** Without what Apollo adds for itself: stacks, and the HTTP status it would answer with. */
function forClients(extensions: GraphQLFormattedError['extensions']) {
  const {
    stacktrace: _stacktrace,
    exception: _exception,
    http: _http,
    ...shown
  } = extensions ?? {};
  return shown;
}

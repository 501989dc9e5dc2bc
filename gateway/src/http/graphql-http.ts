import type { IncomingHttpHeaders } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { GatewayConfig } from '../config.ts';
import type { Engine, OperationRequest } from '../execution/engine.ts';
import { thrownErrors } from '../execution/engine.ts';
import type { ShowError } from '../execution/show-error.ts';
import type { OperationStore } from '../operation/operation-store.ts';
import { mayBeForged } from './csrf.ts';
import { type GraphqlParams, paramsOf, paramsOfSearch } from './graphql-params.ts';
import { type Accepted, acceptedType, isJsonBody } from './media-type.ts';
import { createPersistedQueries } from './persisted-queries.ts';

export type HttpContext = Pick<OperationRequest, 'caller' | 'headers'>;

export interface HttpOperation {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The query string with its question mark. */
  readonly search: string;
  /** Parsed JSON, if the body was. */
  readonly body: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Queries and mutations over HTTP. */
export interface GraphqlHttp {
  start(): Promise<void>;
  handle(operation: HttpOperation, context: HttpContext): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

export interface GraphqlHttpOptions {
  readonly config: GatewayConfig;
  readonly operations: OperationStore;
  readonly engine: Engine;
  readonly showError: ShowError;
}

/** Some fifteen thousand hashes of persisted queries. */
const hashCharacters = 1_000_000;

/** The GraphQL over HTTP specification. */
export function createGraphqlHttp(options: GraphqlHttpOptions): GraphqlHttp {
  const { operations, engine, showError } = options;
  const persisted = createPersistedQueries(hashCharacters);

  async function run(request: HttpOperation, context: HttpContext, accepted: Accepted) {
    const { query, operationName, variables } = requested(request);
    const operation = operations.prepare(query, operationName);
    // Here too, because an operation named by its hash has its text only now.
    if (request.method === 'GET') operations.assertNoSecret(query);
    if (operation.kind === 'subscription') throw subscriptionOverPost();
    if (operation.kind === 'mutation' && request.method === 'GET') throw mutationOverGet();
    const operationRequest = { ...context, variables: variables ?? {} };
    const result = await engine.executeToText(operation, operationRequest);
    if (result.data === undefined) return refused(result, accepted);
    const { errors, data } = result;
    const shown = errors.length > 0 ? `"errors":${JSON.stringify(errors.map(showError))},` : '';
    return answer(200, accepted, `{${shown}"data":${data}}`);
  }

  function requested({ method, headers, search, body }: HttpOperation): GraphqlParams {
    if (mayBeForged(method, headers)) throw forgeable();
    if (method === 'POST' && !isJsonBody(headers['content-type'])) throw notJson();
    const params = method === 'GET' ? paramsOfSearch(search) : paramsOf(body);
    const query = params && persisted.resolve(params.query, params.extensions);
    if (!params || query === undefined) throw malformed();
    return { ...params, query };
  }

  function refused({ errors = [] }: ExecutionResult, accepted: Accepted): HttpAnswer {
    const { status, allow } = statusOf(errors, accepted);
    const text = JSON.stringify({ errors: errors.map(showError) });
    return answer(status, accepted, text, allow ? { allow } : {});
  }

  return {
    start: async () => undefined,
    stop: async () => undefined,
    async handle(request, context) {
      if (request.method !== 'GET' && request.method !== 'POST') {
        return refused({ errors: [methodNotAllowed()] }, json);
      }
      const accepted = acceptedType(request.headers.accept);
      if (!accepted) return refused({ errors: [notAcceptable()] }, json);
      try {
        return await run(request, context, accepted);
      } catch (error) {
        return refused({ errors: thrownErrors(error) }, accepted);
      }
    },
  };
}

const json: Accepted = { type: 'application/json', legacy: false };

const answer = (
  status: number,
  { type }: Accepted,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
  text,
});

/** Faults of the document and its variables, which legacy clients expect with status 200. */
const documentCodes = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

function statusOf(errors: readonly GraphQLError[], { legacy }: Accepted) {
  const [first] = errors;
  if (legacy && errors.every(({ extensions }) => documentCodes.has(extensions.code))) {
    return { status: 200, allow: undefined };
  }
  if (first instanceof RequestFault) return first;
  const fallback = first && first.extensions.code === undefined ? 500 : 400;
  return { status: first?.extensions.http?.status ?? fallback, allow: undefined };
}

/** A request that never became an operation. */
class RequestFault extends GraphQLError {
  readonly status: number;
  readonly allow: string | undefined;

  constructor(message: string, status = 400, allow?: string) {
    super(message, { extensions: { code: 'BAD_REQUEST', http: { status } } });
    this.status = status;
    this.allow = allow;
  }
}

const malformed = () =>
  new RequestFault(
    'A request has "query", a string, and may have "operationName", a string, and "variables" and "extensions", objects.',
  );

const forgeable = () =>
  new RequestFault(
    'Send "Content-Type: application/json", or with GET "Apollo-Require-Preflight: true": what any web page may send is not answered.',
  );

const notJson = () =>
  new RequestFault('A body is JSON in UTF-8: "Content-Type: application/json".', 415);

const notAcceptable = () =>
  new RequestFault(
    'Answers are application/graphql-response+json or application/json; "Accept" allows neither.',
    406,
  );

const methodNotAllowed = () => new RequestFault('The method is GET or POST.', 405, 'GET, POST');

const mutationOverGet = () => new RequestFault('A mutation needs POST.', 405, 'POST');

export const subscriptionOverPost = (): GraphQLError =>
  new RequestFault(
    'A subscription needs a WebSocket (graphql-transport-ws) or the header "Accept: text/event-stream".',
  );

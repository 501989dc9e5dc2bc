import type { IncomingMessage, ServerResponse } from 'node:http';
import { CodedError } from '@eventxperts/errors';
import type { Caller, Verifier } from '@eventxperts/identity';
import type { GatewayConfig } from '../config.ts';
import type { OperationStore } from '../operation/operation-store.ts';
import { answerError, answerErrors, badRequest, bodyHeaders } from './answer.ts';
import type { EventStreams } from './event-stream.ts';
import { forwardedHeaders } from './forwarded-headers.ts';
import type { GraphqlHttp, HttpAnswer } from './graphql-http.ts';
import { type AnyParams, hasQuery, paramsOf, paramsOfSearch } from './graphql-params.ts';
import { isJsonBody } from './media-type.ts';
import { readBody } from './read-body.ts';

export interface GraphqlEndpointOptions {
  readonly config: GatewayConfig;
  readonly verifier: Verifier;
  readonly operations: OperationStore;
  readonly http: GraphqlHttp;
  readonly eventStreams: EventStreams;
}

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  search: string,
) => Promise<void>;

/** `/graphql` over HTTP. Who calls is settled first, so a bad token fails public fields, too. */
export function createGraphqlEndpoint(options: GraphqlEndpointOptions): Handler {
  const { config, verifier, operations, http, eventStreams } = options;

  async function callerOf(request: IncomingMessage): Promise<Caller | CodedError> {
    try {
      return await verifier.verify(request.headers.authorization);
    } catch (error) {
      if (error instanceof CodedError) return error;
      throw error;
    }
  }

  async function bodyOf(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    if (request.method !== 'POST') return undefined;
    const body = await readBody(request, config.maxBodyBytes);
    if ('problem' in body) {
      if (body.problem === 'aborted') return refused;
      response.setHeader('connection', 'close');
      answerErrors(response, 413, [tooLarge(config.maxBodyBytes)]);
      return refused;
    }
    if (!isJsonBody(request.headers['content-type'])) return undefined;
    try {
      return JSON.parse(body.text);
    } catch {
      answerErrors(response, 400, [badRequest('The body is not JSON.')]);
      return refused;
    }
  }

  /** Ahead of everything that costs: the answer to an oversized operation, or a secret in the address. */
  function refusal(params: AnyParams | undefined, method: string): CodedError | undefined {
    try {
      if (!hasQuery(params)) return undefined;
      operations.assertWithinLimits(params.query);
      if (method === 'GET') operations.assertNoSecret(params.query);
    } catch (error) {
      if (error instanceof CodedError) return error;
      // A syntax error is reported with the others of its kind.
    }
    return undefined;
  }

  return async (request, response, search) => {
    const caller = await callerOf(request);
    if (caller instanceof CodedError) {
      if (caller.code === 'UNAUTHENTICATED') response.setHeader('www-authenticate', 'Bearer');
      request.resume();
      return answerError(response, caller);
    }
    const body = await bodyOf(request, response);
    if (body === refused) return;
    const params = request.method === 'GET' ? paramsOfSearch(search) : paramsOf(body);
    const problem = refusal(params, request.method ?? 'GET');
    if (problem) return answerError(response, problem);

    const context = { caller, headers: forwardedHeaders(request) };
    if (hasQuery(params) && eventStreams.wants(request, params)) {
      return eventStreams.serve(response, params, context, request.method === 'GET');
    }
    const { method = 'GET', headers } = request;
    write(response, await http.handle({ method, headers, search, body }, context));
  };
}

const refused = Symbol('answered already');

const tooLarge = (limit: number) =>
  new CodedError('OPERATION_TOO_LARGE', `The body is larger than ${limit} bytes.`).toJSON();

/** In one piece, so that its length is known. */
function write(response: ServerResponse, { status, headers, text }: HttpAnswer): void {
  const bytes = Buffer.from(text);
  response
    .writeHead(status, {
      ...bodyHeaders('application/json'),
      ...headers,
      'content-length': bytes.length,
    })
    .end(bytes);
}

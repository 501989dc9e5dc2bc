import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CodedError } from '@eventxperts/errors';
import type { ExecutionResult } from 'graphql';
import { asResult, type Engine, type OperationRequest } from '../execution/engine.ts';
import { type ShowError, showResult } from '../execution/show-error.ts';
import type { ResultStream } from '../execution/supergraph-executor.ts';
import { atExpiry } from '../live/at-expiry.ts';
import type { OperationStore } from '../operation/operation-store.ts';
import { answerErrors, badRequest } from './answer.ts';
import type { GraphqlParams } from './graphql-params.ts';

type Context = Pick<OperationRequest, 'caller' | 'headers'>;
type Answer = ResultStream | ExecutionResult;

export interface EventStreams {
  /** Whether the client asks for an event stream. One that takes JSON as well gets it for subscriptions only. */
  wants(request: IncomingMessage, params: GraphqlParams): boolean;
  serve(
    response: ServerResponse,
    params: GraphqlParams,
    context: Context,
    readOnly: boolean,
  ): Promise<void>;
  /** Ends every stream. */
  stop(): void;
}

export interface EventStreamOptions {
  readonly operations: OperationStore;
  readonly engine: Engine;
  readonly showError: ShowError;
}

const heartbeatMs = 12_000;
const mutationOverGet = Symbol('a mutation came by GET');

/** Operations over server-sent events: the "distinct connections mode" of the graphql-sse protocol. */
export function createEventStreams(options: EventStreamOptions): EventStreams {
  const { operations, engine, showError } = options;
  const open = new Set<ServerResponse>();

  async function run(
    params: GraphqlParams,
    context: Context,
    readOnly: boolean,
  ): Promise<Answer | typeof mutationOverGet> {
    const operation = operations.prepare(params.query, params.operationName);
    if (readOnly && operation.kind === 'mutation') return mutationOverGet;
    const request = { ...context, variables: params.variables ?? {} };
    return operation.kind === 'subscription'
      ? engine.subscribe(operation, request)
      : engine.execute(operation, request);
  }

  async function send(response: ServerResponse, result: ExecutionResult): Promise<void> {
    const text = `event: next\ndata: ${JSON.stringify(showResult(result, showError))}\n\n`;
    // A client that reads slowly holds back its own stream, not our memory.
    if (!response.write(text) && !response.destroyed) await drained(response);
  }

  async function sendAll(response: ServerResponse, answer: Answer): Promise<void> {
    if (!(Symbol.asyncIterator in answer)) return send(response, answer);
    for await (const result of answer) await send(response, result);
  }

  return {
    wants(request, params) {
      const { accept = '' } = request.headers;
      if (!accept.includes('text/event-stream')) return false;
      return !/json|\*\/\*/.test(accept) || isSubscription(params);
    },

    async serve(response, params, context, readOnly) {
      const answer = await asResult(() => run(params, context, readOnly));
      if (answer === mutationOverGet) {
        response.setHeader('allow', 'POST');
        return answerErrors(response, 405, [badRequest('A mutation needs POST.')]);
      }
      const stream = Symbol.asyncIterator in answer ? answer : undefined;
      if (response.destroyed) {
        await stream?.return?.();
        return;
      }
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      response.write(':\n\n');
      open.add(response);
      const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
      const leave = () => void stream?.return?.();
      const expiry = atExpiry(context.caller, () => {
        void send(response, { errors: [new CodedError('UNAUTHENTICATED', 'Token expired')] });
        leave();
      });
      response.once('close', leave);
      try {
        await sendAll(response, answer);
      } finally {
        clearInterval(heartbeat);
        expiry.cancel();
        open.delete(response);
        response.end('event: complete\ndata:\n\n');
      }
    },

    stop() {
      for (const response of open) response.destroy();
    },
  };

  function isSubscription({ query, operationName }: GraphqlParams): boolean {
    try {
      return operations.prepare(query, operationName).kind === 'subscription';
    } catch {
      return false;
    }
  }
}

async function drained(response: ServerResponse): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]);
  } finally {
    over.abort();
  }
}

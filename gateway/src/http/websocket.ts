import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CodedError } from '@eventxperts/errors';
import { anonymous, type Caller, type Verifier } from '@eventxperts/identity';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { GatewayConfig } from '../config.ts';
import { asResult, type Engine, type OperationRequest, thrownErrors } from '../execution/engine.ts';
import { type ShowError, showResult } from '../execution/show-error.ts';
import { atExpiry } from '../live/at-expiry.ts';
import type { OperationStore } from '../operation/operation-store.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import { mayConnect } from './cors.ts';
import { headersOf } from './forwarded-headers.ts';

export interface WebSocketOptions {
  readonly config: GatewayConfig;
  readonly verifier: Verifier;
  readonly operations: OperationStore;
  readonly engine: Engine;
  readonly showError: ShowError;
  readonly log: Logger;
}

/** What one socket keeps: who speaks on it, since it said `connection_init`. */
interface Session {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  caller: Caller;
  authorization: string | undefined;
  expiry: { cancel(): void } | undefined;
}

const keepAliveMs = 12_000;
const connectionParams = z
  .object({ authorization: z.string().optional(), Authorization: z.string().optional() })
  .transform((params) => params.authorization ?? params.Authorization)
  .catch(undefined);
const operationExtensions = z
  .object({ idempotencyKey: z.string().optional(), traceparent: z.string().optional() })
  .catch({});

class Run {
  readonly operation: PlannedOperation;
  readonly request: OperationRequest;

  constructor(operation: PlannedOperation, request: OperationRequest) {
    this.operation = operation;
    this.request = request;
  }

  static of(value: unknown): Run {
    if (value instanceof Run) return value;
    throw new CodedError('INTERNAL');
  }
}

/** Any operation over graphql-ws. Mounted by hand: the library's own mount writes faults to the console. */
export function createWebSockets(options: WebSocketOptions) {
  const { config, verifier, operations, engine, showError, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: config.maxBodyBytes,
    handleProtocols: (offered) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });

  const protocol = makeServer<Record<string, unknown>, Session>({
    connectionInitWaitTimeout: config.connectionInitTimeoutMs,

    async onConnect({ connectionParams: params, extra: session }) {
      const authorization = connectionParams.parse(params) ?? session.request.headers.authorization;
      try {
        session.caller = await verifier.verify(authorization);
      } catch (error) {
        session.socket.close(...closeFor(error));
        return false;
      }
      session.authorization = authorization;
      // 4403 and not 4401: graphql-ws clients take that one as final, and this one as "come again".
      session.expiry = atExpiry(session.caller, () =>
        session.socket.close(CloseCode.Forbidden, 'Token expired'),
      );
      return true;
    },

    onSubscribe({ extra: session, subscriptions }, _id, payload) {
      if (Object.keys(subscriptions).length > config.maxOperationsPerSocket) {
        return [new CodedError('RATE_LIMITED', 'Too many operations at once on this socket.')];
      }
      try {
        const operation = operations.prepare(payload.query, payload.operationName);
        const { idempotencyKey, traceparent } = operationExtensions.parse(payload.extensions);
        const request: OperationRequest = {
          caller: session.caller,
          headers: headersOf(session.authorization, idempotencyKey, traceparent),
          variables: payload.variables ?? {},
        };
        return {
          schema: operation.schema,
          document: operation.document,
          operationName: payload.operationName ?? null,
          contextValue: new Run(operation, request),
        };
      } catch (error) {
        return thrownErrors(error);
      }
    },

    execute: ({ contextValue }) => {
      const { operation, request } = Run.of(contextValue);
      return asResult(() => engine.execute(operation, request));
    },
    subscribe: ({ contextValue }) => {
      const { operation, request } = Run.of(contextValue);
      return asResult(() => engine.subscribe(operation, request));
    },
    onNext: (_socket, _id, _payload, _args, result) => showResult(result, showError),
    onError: (_socket, _id, _payload, errors) => errors.map(showError),
  });

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const session: Session = {
      socket,
      request,
      caller: anonymous,
      authorization: undefined,
      expiry: undefined,
    };
    const stopPing = keepAlive(socket);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            socket.send(text, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage(listener) {
          socket.on('message', (message) => {
            listener(String(message)).catch((error: unknown) => {
              log.error({ err: error }, 'a WebSocket message failed');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          });
        },
      },
      session,
    );
    socket.on('error', (error) => log.debug({ err: error }, 'WebSocket fault of a client'));
    socket.once('close', (code, reason) => {
      stopPing();
      session.expiry?.cancel();
      void closed(code, String(reason));
    });
  });

  return {
    attach(server: Server): void {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        const { pathname } = new URL(request.url ?? '/', 'http://gateway');
        if (pathname !== '/graphql') return refuse(socket, '404 Not Found');
        if (!mayConnect(request, config.corsOrigins)) return refuse(socket, '403 Forbidden');
        sockets.handleUpgrade(request, socket, head, (opened) =>
          sockets.emit('connection', opened, request),
        );
      });
    },
    stop(): void {
      for (const socket of sockets.clients) socket.close(1001, 'Going away');
    },
    terminate(): void {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

const closeFor = (error: unknown): [code: number, reason: string] =>
  error instanceof CodedError && error.code === 'UNAUTHENTICATED'
    ? [CloseCode.Unauthorized, 'No valid access token']
    : [1013, 'Try again later'];

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** A peer that is gone without a word would otherwise hold its subscriptions for ever. */
function keepAlive(socket: WebSocket): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, keepAliveMs);
  timer.unref();
  return () => clearInterval(timer);
}

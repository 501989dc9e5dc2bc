import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ForwardedHeaders } from '../transport/subgraph-transport.ts';
import { singleHeader } from './answer.ts';

/** W3C trace context, version 00. */
const traceparentForm = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export function forwardedHeaders(request: IncomingMessage): ForwardedHeaders {
  return headersOf(
    request.headers.authorization,
    singleHeader(request, 'idempotency-key'),
    singleHeader(request, 'traceparent'),
  );
}

/** What goes on to subgraphs. A trace is begun when the client brought none. */
export function headersOf(
  authorization: string | undefined,
  idempotencyKey?: string,
  traceparent?: string,
): ForwardedHeaders {
  return {
    ...(authorization ? { authorization } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    traceparent: traceparent && traceparentForm.test(traceparent) ? traceparent : newTrace(),
  };
}

const traceBytes = 24;
const tracesAtOnce = 128;
let random = '';
let used = 0;

/** Random bytes are taken from the system many at a time: each time costs as much as a small answer. */
function newTrace(): string {
  if (used === random.length) {
    random = randomBytes(traceBytes * tracesAtOnce).toString('hex');
    used = 0;
  }
  const id = random.slice(used, used + traceBytes * 2);
  used += traceBytes * 2;
  return `00-${id.slice(0, 32)}-${id.slice(32)}-01`;
}

import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHeaders } from './define-subgraph.ts';

/** The headers that a subgraph acts on; a header sent twice counts as not sent. */
export function requestHeaders(headers: IncomingHttpHeaders): RequestHeaders {
  const single = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    authorization: headers.authorization,
    'idempotency-key': single('idempotency-key'),
    traceparent: single('traceparent'),
  };
}

import type { IncomingMessage } from 'node:http';

export type Body = { readonly text: string } | { readonly problem: 'too large' | 'aborted' };

/** How much of a body that is too large is still taken in, and for how long. */
const mostDrained = 64_000_000;
const drainWithinMs = 5_000;

/**
 * The body as text. One that is too large is read to its end and thrown away before it is refused,
 * because a client that is cut off in the middle of sending never gets to see the answer.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    let isTooLarge = false;
    const settle = () =>
      resolve(
        isTooLarge ? { problem: 'too large' } : { text: Buffer.concat(chunks).toString('utf8') },
      );
    const refuse = () => {
      isTooLarge = true;
      chunks.length = 0;
      setTimeout(settle, drainWithinMs).unref();
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) refuse();
    request
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (!isTooLarge && bytes > maxBytes) refuse();
        if (!isTooLarge) chunks.push(chunk);
        else if (bytes > mostDrained) settle();
      })
      .once('end', settle)
      .once('close', () => resolve({ problem: 'aborted' }));
  });
}

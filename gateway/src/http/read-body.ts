import type { IncomingMessage } from 'node:http';

export type Body = { readonly text: string } | { readonly problem: 'too large' | 'aborted' };

/**
 * The body as text. One that is too large is read on for a while and thrown away, because a client
 * that is cut off in the middle of sending never gets to see the answer.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = () => {
      chunks.length = 0;
      request.removeAllListeners('data').resume();
      setTimeout(() => request.destroy(), 5_000).unref();
      resolve({ problem: 'too large' });
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse();
    request
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) refuse();
        else chunks.push(chunk);
      })
      .once('end', () => resolve({ text: Buffer.concat(chunks).toString('utf8') }))
      .once('close', () => resolve({ problem: 'aborted' }));
  });
}

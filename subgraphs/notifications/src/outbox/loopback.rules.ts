import type { IncomingMessage } from 'node:http';

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request comes from a browser on this machine. Behind a proxy every request would seem
 * to; and a page of another site could make its own name point here (DNS rebinding), so the name
 * that was asked for counts too.
 */
export function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined) return false;
  return isLoopback(socket.remoteAddress ?? '') && ownNames.has(nameOf(headers.host ?? ''));
}

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

const nameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

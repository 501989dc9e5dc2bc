import type { IncomingMessage } from 'node:http';

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request comes from a browser on this machine: every hop it took is one of its addresses.
 * A page of another site could make its own name point here (DNS rebinding), so the name that was
 * asked for counts too. `Forwarded`, which nobody here writes, hides hops: it is never trusted.
 */
export function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  if (headers.forwarded !== undefined) return false;
  const hops = [...listed(headers['x-forwarded-for']), socket.remoteAddress ?? ''];
  const names = [...listed(headers['x-forwarded-host']), headers.host ?? ''];
  return hops.every(isLoopback) && names.every((name) => ownNames.has(withoutPort(name)));
}

const listed = (header: string | string[] | undefined): string[] =>
  header === undefined ? [] : [header].flat().flatMap((value) => value.split(/\s*,\s*/));

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);

const withoutPort = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

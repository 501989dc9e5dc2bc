import type { FaultProxy } from './fault-proxy.ts';

/** The same URL, by way of the proxy. */
export function through(proxy: FaultProxy, url: string): string {
  const routed = new URL(url);
  routed.hostname = '127.0.0.1';
  routed.port = String(proxy.port);
  return routed.href;
}

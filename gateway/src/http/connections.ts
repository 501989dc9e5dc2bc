import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Knows which connections have a request under way. Node's own `closeIdleConnections` spares those
 * that never sent one, as browsers and pools open in advance, so a stop would wait for its deadline.
 */
export function trackConnections(server: Server): { closeIdle(): void } {
  const underWay = new Map<Duplex, number>();
  let stopping = false;

  server.on('connection', (socket: Duplex) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => underWay.delete(socket));
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (underWay.get(socket) ?? 1) - 1;
      if (!socket.destroyed) underWay.set(socket, left);
      if (stopping && left === 0) socket.end();
    });
  });

  return {
    closeIdle() {
      stopping = true;
      for (const [socket, requests] of underWay) if (requests === 0) socket.destroy();
    },
  };
}

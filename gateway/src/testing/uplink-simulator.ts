import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const uplinkRequest = z.object({
  query: z.string().includes('routerConfig(ref: $ref, apiKey: $apiKey, ifAfterId: $ifAfterId)'),
  variables: z.object({ apiKey: z.string(), ref: z.string(), ifAfterId: z.string().nullish() }),
});

/** A simulator of Apollo's Uplink: the one query it answers, with the shapes that its schema has. */
export async function startUplinkSimulator(known: { apiKey: string; ref: string; sdl: string }) {
  const server = createServer(async (request, response) => {
    const { variables } = uplinkRequest.parse(await json(request));
    const isKnown = variables.apiKey === known.apiKey && variables.ref === known.ref;
    const routerConfig = isKnown
      ? {
          __typename: 'RouterConfigResult',
          id: '2027-02-14T00:00:00Z',
          supergraphSdl: known.sdl,
          minDelaySeconds: 60,
        }
      : { __typename: 'FetchError', code: 'AUTHENTICATION_FAILED', message: 'unknown key' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { routerConfig } }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

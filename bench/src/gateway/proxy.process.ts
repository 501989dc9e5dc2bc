import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Pool } from 'undici';
import { measure } from './measured-gateway.ts';
import type { UpstreamCall } from './subgraphs.process.ts';

interface Recorded {
  readonly calls: readonly UpstreamCall[];
  readonly answer: string;
}

/** The ceiling: sends what a gateway sent, parses what comes, and answers with a text it has. */
measure(async ({ supergraphSdl: recorded, addresses }) => {
  const byQuery: Record<string, Recorded> = JSON.parse(recorded);
  const pools = new Map(
    Object.entries(addresses).map(([name, url]) => [
      name,
      new Pool(new URL(url).origin, { connections: 64 }),
    ]),
  );

  async function send({ subgraph, body }: UpstreamCall, authorization: string): Promise<unknown> {
    const answer = await pools.get(subgraph)?.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', authorization },
      body,
    });
    return answer?.body.json();
  }

  const server = createServer(async (request, response) => {
    const { query } = JSON.parse((await buffer(request)).toString());
    const { calls, answer } = byQuery[query] ?? { calls: [], answer: '' };
    const stages = new Map<number, UpstreamCall[]>();
    for (const call of calls) stages.set(call.stage, [...(stages.get(call.stage) ?? []), call]);
    for (const stage of stages.values()) {
      await Promise.all(stage.map((call) => send(call, request.headers.authorization ?? '')));
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});

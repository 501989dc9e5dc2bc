import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { type ShopSubgraph, shop } from './shop.ts';
import { answerParent } from './worker-messages.ts';

/** One call of a gateway; calls that begin while others are under way are of the same stage. */
export interface UpstreamCall {
  readonly subgraph: string;
  readonly body: string;
  readonly stage: number;
}

let calls: UpstreamCall[] = [];
let underWay = 0;
let stage = 0;
let delayMs = 0;

/** Answers from memory: the same body gets the same text without executing it again. */
async function serve({
  name,
  typeDefs,
  resolvers,
}: ShopSubgraph): Promise<readonly [string, string]> {
  const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
  const answers = new Map<string, string>();

  async function answerTo(body: string): Promise<string> {
    const known = answers.get(body);
    if (known !== undefined) return known;
    const { query, variables, operationName } = JSON.parse(body);
    const document = parse(query);
    const result = await execute({ schema, document, variableValues: variables, operationName });
    const answer = JSON.stringify(result);
    answers.set(body, answer);
    return answer;
  }

  const server = createServer(async (request: IncomingMessage, response) => {
    if (underWay === 0) stage += 1;
    underWay += 1;
    const body = await text(request);
    calls.push({ subgraph: name, body, stage });
    const answer = await answerTo(body);
    if (delayMs > 0) await wait(delayMs);
    underWay -= 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return [name, `http://127.0.0.1:${port}/graphql`];
}

const addresses = Object.fromEntries(await Promise.all(shop.map(serve)));

answerParent({
  addresses: () => addresses,
  delay(milliseconds: number) {
    delayMs = milliseconds;
  },
  /** Since it was last asked. */
  calls() {
    const since = calls;
    calls = [];
    return since;
  },
});

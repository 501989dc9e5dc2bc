import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { median, print, report } from '../report.ts';
import { createLoad, type Load } from './load.ts';
import type { GatewaySetup, Usage } from './measured-gateway.ts';
import { type QueryName, queries, shop } from './shop.ts';
import type { UpstreamCall } from './subgraphs.process.ts';
import { ask } from './worker-messages.ts';

const rounds = 7;
const warmUps = 3;
const requests: Record<QueryName, number> = { heavy: 150, small: 600 };
const names = ['stock', 'ours', 'proxy'] as const;
type GatewayName = (typeof names)[number];

interface Running {
  readonly child: ChildProcess;
  readonly load: Load;
  readonly idleMb: number;
}

const children: ChildProcess[] = [];

async function launch(file: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, file), { stdio: 'inherit' });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)));
  });
  return child;
}

async function start(name: GatewayName, setup: GatewaySetup): Promise<Running> {
  const child = await launch(`${name}.process.ts`);
  const url = await ask<string>(child, 'start', setup);
  const { residentMb: idleMb } = await ask<Usage>(child, 'usage');
  return { child, load: createLoad(url), idleMb };
}

/** Milliseconds of CPU a request. */
async function costOf(running: Running, name: QueryName, expected: string): Promise<number> {
  const before = await ask<Usage>(running.child, 'usage');
  await running.load.run(queries[name], requests[name], expected);
  const after = await ask<Usage>(running.child, 'usage');
  return (after.cpuMs - before.cpuMs) / requests[name];
}

/** The same text for the same data, whatever the order of fields. */
const normal = (text: string): string =>
  JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

function compose(addresses: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    shop.map(({ name, typeDefs }) => ({ name, typeDefs, url: addresses[name] ?? '' })),
  );
  if (!supergraphSdl) throw new Error(JSON.stringify(errors));
  return supergraphSdl;
}

async function main(): Promise<void> {
  const subgraphs = await launch('subgraphs.process.ts');
  const addresses = await ask<Record<string, string>>(subgraphs, 'addresses');
  const setup = { supergraphSdl: compose(addresses), addresses };
  const stock = await start('stock', setup);
  const ours = await start('ours', setup);

  const answers: Record<string, Record<GatewayName, string>> = {};
  const recorded: Record<string, { calls: readonly UpstreamCall[]; answer: string }> = {};
  const callCounts: Record<string, Record<'stock' | 'ours', number>> = {};
  // Slowly, so that it can be seen which calls are made at the same time.
  await ask(subgraphs, 'delay', 20);
  for (const query of Object.values(queries)) {
    await ask(subgraphs, 'calls');
    const theirs = await stock.load.once(query);
    const stockCalls = await ask<UpstreamCall[]>(subgraphs, 'calls');
    const answer = await ours.load.once(query);
    const calls = await ask<UpstreamCall[]>(subgraphs, 'calls');
    if (normal(theirs) !== normal(answer)) throw new Error('The answers are not the same.');
    answers[query] = { stock: theirs, ours: answer, proxy: answer };
    recorded[query] = { calls, answer };
    callCounts[query] = { stock: stockCalls.length, ours: calls.length };
  }
  await ask(subgraphs, 'delay', 0);
  const proxy = await start('proxy', { supergraphSdl: JSON.stringify(recorded), addresses });
  const gateways: Record<GatewayName, Running> = { stock, ours, proxy };

  const costs = new Map<string, number[]>();
  for (let round = 1 - warmUps; round <= rounds; round++) {
    for (const query of ['heavy', 'small'] as const) {
      for (const name of names) {
        const expected = answers[queries[query]]?.[name] ?? '';
        const cost = await costOf(gateways[name], query, expected);
        if (round > 0)
          costs.set(`${query} ${name}`, [...(costs.get(`${query} ${name}`) ?? []), cost]);
      }
    }
  }

  const cost = (query: QueryName, name: GatewayName) => median(costs.get(`${query} ${name}`) ?? []);
  const row = (name: GatewayName, label: string) => [
    label,
    ...(['heavy', 'small'] as const).flatMap((query) => [
      cost(query, name).toFixed(3),
      String(callCounts[queries[query]]?.[name === 'stock' ? 'stock' : 'ours'] ?? ''),
    ]),
    gateways[name].idleMb.toFixed(0),
  ];
  const kilobytes = Object.values(answers).map(({ ours: text }) => (text.length / 1000).toFixed(1));
  process.stdout.write(`Answers of ${kilobytes.join(' and ')} kB, the same from all.\n`);
  print(
    ['CPU ms a request', 'heavy', 'calls', 'small', 'calls', 'idle MB'],
    [
      row('stock', '@apollo/gateway + @apollo/server'),
      row('ours', 'this gateway'),
      row('proxy', 'a proxy of the same calls'),
    ],
  );
  const over = (query: QueryName, a: GatewayName, b: GatewayName) =>
    cost(query, a) / cost(query, b);
  report('gateway', {
    'cpu per request, stock / ours, heavy': {
      value: over('heavy', 'stock', 'ours'),
      goal: 12,
      atLeast: true,
    },
    'cpu per request, stock / ours, small': {
      value: over('small', 'stock', 'ours'),
      goal: 12,
      atLeast: true,
    },
    'cpu per request, ours / parsing proxy, heavy': {
      value: over('heavy', 'ours', 'proxy'),
      goal: 2.2,
    },
    'idle memory, ours / stock': { value: ours.idleMb / stock.idleMb, goal: 1 },
  });
  for (const { load } of Object.values(gateways)) await load.stop();
}

try {
  await main();
} finally {
  for (const child of children) child.disconnect();
}

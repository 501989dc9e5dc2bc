import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { difference } from '../testing/random/compare.ts';
import { described, randomCorpus } from '../testing/random/corpus.ts';
import { createDice } from '../testing/random/dice.ts';
import { createPlanExecutor } from './plan-executor.ts';

const seconds = Number(process.env.EQUIVALENCE_SECONDS ?? 20);
const seed = Number(process.env.EQUIVALENCE_SEED ?? 20260101);

test('random queries of random supergraphs are answered as by one plain schema', async () => {
  const count = { worlds: 0, refused: 0, queries: 0, failing: 0, fetches: 0 };
  const property = fc.asyncProperty(fc.gen(), async (generate) => {
    count.worlds += 1;
    const corpus = await randomCorpus(createDice(generate));
    if (!corpus) {
      count.refused += 1;
      return;
    }
    const { supergraph, transports } = corpus;
    const metrics = createMetrics();
    const faults: string[] = [];
    const executor = createPlanExecutor({
      supergraph,
      transports,
      metrics: {
        ...metrics,
        upstreamStarted(subgraph) {
          count.fetches += 1;
          return metrics.upstreamStarted(subgraph);
        },
      },
      report: ({ error }) => void faults.push(String(error)),
    });
    for (const query of corpus.queries) {
      const { operation, variables, reference } = query;
      const ours = await executor.execute(operation, { variables, headers: {} });
      count.queries += 1;
      if (reference.errors) count.failing += 1;
      const differs = faults[0] ?? difference(ours, reference);
      if (differs) throw new Error(`${differs}\n\n${described(corpus, query)}`);
    }
  });
  await fc.assert(property, {
    seed,
    numRuns: 10_000,
    interruptAfterTimeLimit: seconds * 1_000,
    endOnFailure: process.env.EQUIVALENCE_SEED !== undefined,
  });
  if (process.env.EQUIVALENCE_SEED) process.stderr.write(`${JSON.stringify(count)}\n`);
  expect(count.refused).toBeLessThan(count.worlds / 2);
  expect(count.queries).toBeGreaterThan(20);
}, 600_000);

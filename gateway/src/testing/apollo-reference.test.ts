import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMetrics } from '../metrics.ts';
import { createApolloExecutor } from './apollo-executor.ts';
import { difference } from './random/compare.ts';
import { described, randomCorpus } from './random/corpus.ts';
import { createDice } from './random/dice.ts';

const seconds = Number(process.env.EQUIVALENCE_SECONDS ?? 5);
const seed = Number(process.env.EQUIVALENCE_SEED ?? 20260101);

/** What kind of difference it is, without the values. */
const kindOf = (differs: string): string =>
  /^(data|order)/.exec(differs)?.[0] ?? differs.replace(/ at .*/s, '').replace(/s\d .*: /s, '');

/**
 * The corpus asks nothing that only our executor can answer: stock planning and execution agree with
 * plain graphql-js in all but the few places where they are known to fail.
 */
test('the same queries are answered alike by stock planning and execution, but for a few', async () => {
  const kinds = new Map<string, { count: number; example: string }>();
  let queries = 0;
  const property = fc.asyncProperty(fc.gen(), async (generate) => {
    const corpus = await randomCorpus(createDice(generate));
    if (!corpus) return;
    const { supergraph, transports } = corpus;
    const executor = createApolloExecutor({
      supergraph,
      transports,
      metrics: createMetrics(),
      report: () => undefined,
    });
    for (const query of corpus.queries) {
      const { operation, variables, reference } = query;
      const theirs = await executor.execute(operation, { variables, headers: {} });
      queries += 1;
      const differs = difference(theirs, reference);
      if (!differs) continue;
      const kind = kindOf(differs);
      const known = kinds.get(kind);
      const example = `${differs}\n\n${described(corpus, query)}`;
      if (known) known.count += 1;
      if (!known || example.length < known.example.length) {
        kinds.set(kind, { count: known?.count ?? 1, example });
      }
    }
  });
  await fc.assert(property, {
    seed,
    numRuns: 10_000,
    interruptAfterTimeLimit: seconds * 1_000,
  });
  if (process.env.EQUIVALENCE_SEED) {
    for (const [kind, { count, example }] of kinds) {
      process.stderr.write(`${count} of ${queries}: ${kind}\n${example}\n\n`);
    }
  }
  const differing = [...kinds.values()].reduce((sum, { count }) => sum + count, 0);
  expect(queries).toBeGreaterThan(20);
  expect(differing).toBeLessThan(queries / 20);
}, 600_000);

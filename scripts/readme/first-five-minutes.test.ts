import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSupergraph, eventually, type TestSupergraph } from '@eventxperts/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stand } from './answer-likeness.ts';
import { readmeSteps } from './readme-steps.ts';

const root = resolve(import.meta.dirname, '../..');
const steps = readmeSteps(readFileSync(join(root, 'README.md'), 'utf8'), 'The first five minutes');

let supergraph: TestSupergraph;
beforeAll(async () => {
  supergraph = await createSupergraph();
});
afterAll(() => supergraph.stop());

test('the first five minutes of the README give the answers it shows', async () => {
  expect(steps.filter(({ kind }) => kind === 'answer').length).toBeGreaterThan(7);
  const stand = new Stand();
  // An address has one account, and a supergraph that runs already may know this one.
  stand.set('meera@example.com', `${randomUUID()}@example.com`);
  let token: string | undefined;
  let query = '';
  let live: Awaited<ReturnType<TestSupergraph['overEventStream']>> | undefined;

  const ask = async (shown: unknown) => {
    const { data, errors } = await supergraph.send({ query, token });
    stand.compare(shown, { ...(errors ? { errors } : {}), data });
  };

  for (const step of steps) {
    switch (step.kind) {
      case 'part':
        token = undefined;
        break;
      case 'headers':
        token = stand.in(step.headers.authorization ?? '').replace('Bearer ', '');
        break;
      case 'operation':
        query = stand.in(step.text);
        if (query.startsWith('subscription')) {
          live = await supergraph.overEventStream({ query, token });
          await eventually(() => someoneListens(supergraph.url));
        }
        break;
      case 'answer':
        if (live && JSON.stringify(step.shown).includes('rsvpUpdated')) {
          stand.compare(step.shown, await live.next());
        } else if (query.startsWith('mutation')) {
          await ask(step.shown);
        } else {
          // A mail that is still on its way shows in `status`.
          await eventually(() => ask(step.shown));
        }
        break;
      default:
        step satisfies never;
    }
  }
  live?.stop();
});

/** An answer given before the gateway has subscribed would never be told. */
async function someoneListens(url: string): Promise<void> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/^gateway_subscriptions_active [1-9]/m);
}

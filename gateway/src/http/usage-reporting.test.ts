import dns from 'node:dns';
import { expect, test, vi } from 'vitest';
import { startToyGateway } from '../testing/toy-gateway.ts';

test('with a key and a graph, answers stay the same and subgraphs are asked for their traces', async () => {
  const lookup = dns.lookup;
  const asked: string[] = [];
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
    if (!host.endsWith('apollographql.com')) return Reflect.apply(lookup, dns, [host, ...rest]);
    asked.push(host);
    const callback = rest.at(-1) as (error: Error) => void;
    return callback(new Error('no internet here'));
  }) as never);
  const toy = await startToyGateway({
    kind: 'HTTP',
    config: { apollo: { key: 'service:toy:secret', graphRef: 'toy@current' } },
  });
  const answer = await toy.graphql(
    'mutation { setTitle(id: "e1", title: "New") { title host { displayName } } }',
  );
  expect(answer).toEqual({
    status: 200,
    data: { setTitle: { title: 'New', host: { displayName: 'Asha' } } },
  });
  expect(toy.toys.seen[0]).toMatchObject({ 'apollo-federation-include-trace': 'ftv1' });
  await toy.stop();
  expect(asked).toContain('usage-reporting.api.apollographql.com');
});

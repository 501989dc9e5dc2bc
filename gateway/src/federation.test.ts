import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startToyGateway, type ToyGateway, transportKinds } from './testing/toy-gateway.ts';

describe.each(transportKinds)('subgraphs reached %s', (kind) => {
  let toy: ToyGateway;
  beforeAll(async () => {
    toy = await startToyGateway({ kind });
  });
  afterAll(() => toy.stop());

  test('a query takes its fields from three subgraphs', async () => {
    const answer = await toy.graphql(
      '{ party: event(id: "e1") { title headcount host { displayName } } }',
    );
    expect(answer).toEqual({
      status: 200,
      data: { party: { title: 'Sangeet', headcount: 0, host: { displayName: 'Asha' } } },
    });
  });

  test('an entity that its owner does not show is null, without an error', async () => {
    const answer = await toy.graphql('{ event(id: "e2") { title host { displayName } } }');
    expect(answer).toEqual({ status: 200, data: { event: { title: 'Muhurtham', host: null } } });
  });

  test('mutations of several subgraphs run in the order written', async () => {
    const answer = await toy.graphql(
      `mutation { setTitle(id: "e1", title: "Mehndi") { title }
        rename(id: "p1", displayName: "A") { displayName }
        answer(eventId: "e1", headcount: 3) { event { title headcount } } }`,
    );
    expect(answer.data).toEqual({
      setTitle: { title: 'Mehndi' },
      rename: { displayName: 'A' },
      answer: { event: { title: 'Sangeet', headcount: 3 } },
    });
  });

  test('variables, aliases and @include reach the right subgraph', async () => {
    const response = await toy.post({
      query: `query Pick($id: ID!, $host: Boolean = false) {
        a: event(id: $id) { title host @include(if: $host) { displayName } }
      } query Other { clock }`,
      operationName: 'Pick',
      variables: { id: 'e1' },
    });
    expect(await response.json()).toEqual({ data: { a: { title: 'Sangeet' } } });
  });

  test("the caller's headers travel to every subgraph", async () => {
    toy.toys.seen.length = 0;
    const authorization = await toy.bearer(['ORGANIZER']);
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await toy.graphql('mutation { setTitle(id: "e1", title: "x") { host { displayName } } }', {
      authorization,
      traceparent,
      'idempotency-key': 'once',
      cookie: 'session=1',
    });
    expect(toy.toys.seen).toHaveLength(2);
    for (const headers of toy.toys.seen) {
      expect(headers).toMatchObject({ authorization, traceparent, 'idempotency-key': 'once' });
      expect(headers).not.toHaveProperty('cookie');
    }
  });

  test('a coded refusal comes with its code, field and path', async () => {
    const { errors, data } = await toy.graphql('{ left: coded clock }');
    expect(data).toEqual({ left: null, clock: 7 });
    expect(errors).toEqual([
      {
        message: 'Nothing is left.',
        path: ['left'],
        extensions: { code: 'SOLD_OUT', field: 'quantity' },
      },
    ]);
  });

  test('any other fault is INTERNAL with a trace id and no detail', async () => {
    const response = await toy.post({ query: '{ broken }' });
    const text = await response.text();
    expect(text).not.toMatch(/hunter2|10\.0\.0\.7|stack/);
    expect(JSON.parse(text).errors[0]).toMatchObject({
      path: ['broken'],
      extensions: { code: 'INTERNAL', traceId: expect.stringMatching(/./) },
    });
  });

  test('introspection is answered by the gateway and passes the limits', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const { data } = await toy.graphql(getIntrospectionQuery({ inputValueDeprecation: true }));
    expect(JSON.stringify(data)).toContain('"headcount"');
    expect(JSON.stringify(data)).not.toContain('_entities');
  });
});

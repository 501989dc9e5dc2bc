import type { FormattedExecutionResult } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { userNamed } from './testing/callers.ts';
import { createDiary, type Diary, organizer, ravi } from './testing/diary.fixture.ts';

let diary: Diary;
beforeEach(() => {
  diary = createDiary();
});

const ask = (query: string, authorization?: string, variables?: Record<string, unknown>) =>
  diary.subgraph.execute({ query, variables, headers: { authorization } });

const codeOf = ({ errors }: FormattedExecutionResult) => errors?.map((e) => e.extensions?.code);

async function open(query: string, authorization?: string) {
  const events = await diary.subgraph.subscribe({ query, headers: { authorization } });
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events.errors));
  return events;
}

describe('access is enforced as it is declared', () => {
  const shopkeeper = userNamed('01890000-0000-7000-8000-000000000003', ['STORE_OWNER', 'USER']);

  it('on a field', async () => {
    expect(codeOf(await ask('{ me }'))).toEqual(['UNAUTHENTICATED']);
    expect(await ask('{ me }', diary.tokenOf(ravi))).toEqual({ data: { me: ravi.id } });
  });

  it('on every field of a type', async () => {
    const answer = await ask('{ lock { number } entry(id: "1") { id } }');
    expect(answer.data).toEqual({ lock: null, entry: { id: '1' } });
    expect(codeOf(answer)).toEqual(['UNAUTHENTICATED']);
    expect((await ask('{ lock { number } }', diary.tokenOf(ravi))).data).toEqual({
      lock: { number: 7 },
    });
  });

  it('with any one of the lists of scopes, all of its scopes', async () => {
    expect(codeOf(await ask('{ ledger }'))).toEqual(['UNAUTHENTICATED']);
    expect(codeOf(await ask('{ ledger }', diary.tokenOf(ravi)))).toEqual(['FORBIDDEN']);
    for (const caller of [organizer, shopkeeper]) {
      expect((await ask('{ ledger }', diary.tokenOf(caller))).data).toEqual({
        ledger: 'all in order',
      });
    }
  });

  it('on a subscription, before its source is opened', async () => {
    const refused = await diary.subgraph.subscribe({
      query: 'subscription { changedInSecret { id } }',
      headers: {},
    });
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(diary.open()).toBe(0);
  });
});

describe('an answer', () => {
  it('shows an expected failure and hides every other one behind a trace id', async () => {
    expect(await ask('{ fails(how: "expected") }')).toMatchObject({
      data: { fails: null },
      errors: [
        { message: 'Taken.', path: ['fails'], extensions: { code: 'CONFLICT', field: 'text' } },
      ],
    });
    const hidden = await ask('{ fails(how: "badly") }');
    expect(JSON.stringify(hidden)).not.toContain('hunter2');
    const traceId = hidden.errors?.[0]?.extensions?.traceId;
    expect(diary.faults).toMatchObject([
      { traceId, err: { message: 'password of the database: hunter2' } },
    ]);
  });

  it.each([
    ['a text that is no GraphQL', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['an unused variable', 'query ($x: Int) { me }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a literal of the wrong kind',
      '{ entry(id: "1", asOf: "noon") { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['two operations and no name', 'query A { me } query B { me }', 'OPERATION_RESOLUTION_FAILURE'],
    ['no operation at all', 'fragment F on Query { me }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('names %s', async (_, query, code) => {
    expect(codeOf(await ask(query))).toEqual([code]);
    expect(diary.faults).toEqual([]);
  });

  it('names the field of a variable that its scalar refuses', async () => {
    const answer = await ask(
      'mutation ($input: EntryInput!) { write(input: $input) { id } }',
      undefined,
      {
        input: { text: 'x', at: 'noon' },
      },
    );
    expect(answer).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'at' } }],
    });
  });

  it('refuses a text of more tokens than any operation has', async () => {
    expect(codeOf(await ask(`{ ${'me '.repeat(30_000)} }`))).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  it('refuses a token that does not verify, and a user who was revoked', async () => {
    expect(codeOf(await ask('{ entry(id: "1") { id } }', 'Bearer forged'))).toEqual([
      'UNAUTHENTICATED',
    ]);
    const token = diary.tokenOf(ravi);
    diary.revoked.add(ravi.id);
    expect(codeOf(await ask('{ me }', token))).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a subscription', () => {
  it('reads afresh for every event', async () => {
    const events = await open('subscription { changed { text } }');
    diary.emit('1');
    expect((await events.next()).value).toEqual({
      data: { changed: { text: 'Mehendi at noon.' } },
    });
    diary.pages.set('1', 'Mehendi at four.');
    diary.emit('1');
    expect((await events.next()).value).toEqual({
      data: { changed: { text: 'Mehendi at four.' } },
    });
    await events.return?.();
  });

  it('releases its source at once when its client leaves, even while it waits', async () => {
    const events = await open('subscription { changed { id } }');
    const waiting = events.next();
    expect(diary.open()).toBe(1);
    await events.return?.();
    expect(diary.open()).toBe(0);
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('ends with UNAUTHENTICATED, and releases its source, once its user is revoked', async () => {
    const events = await open('subscription { changedInSecret { id } }', diary.tokenOf(ravi));
    diary.emit('1');
    expect((await events.next()).value).toEqual({ data: { changedInSecret: { id: '1' } } });
    diary.revoked.add(ravi.id);
    diary.emit('1');
    expect((await events.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(await events.next()).toMatchObject({ done: true });
    expect(diary.open()).toBe(0);
  });
});

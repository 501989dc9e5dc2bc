import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createHttpServer } from './http-server.ts';
import { createDiary, type Diary, organizer, ravi } from './testing/diary.fixture.ts';
import { freePort } from './testing/free-port.fixture.ts';

let diary: Diary;
let server: Awaited<ReturnType<typeof createHttpServer>>;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  diary = createDiary();
  const port = await freePort();
  server = await createHttpServer(diary.subgraph, { host: '127.0.0.1', port });
  await server.start();
  client = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 5_000,
  });
});
afterAll(async () => {
  await client.dispose();
  await server.stop();
});
beforeEach(() => diary.revoked.clear());

const secret = 'subscription { changedInSecret { id } }';
const follow = (query: string, authorization?: string) =>
  client.iterate<Record<string, unknown>>({
    query,
    ...(authorization ? { extensions: { authorization } } : {}),
  });
const opened = (count: number) => vi.waitFor(() => expect(diary.open()).toBe(count));

it('takes each subscription’s own token, on one socket', async () => {
  const mine = follow(secret, diary.tokenOf(ravi));
  const yours = follow('subscription { changed { id text } }', diary.tokenOf(organizer));
  const [first, second] = [mine.next(), yours.next()];
  await opened(2);
  diary.emit('1');
  expect((await first).value).toMatchObject({ data: { changedInSecret: { id: '1' } } });
  expect((await second).value).toMatchObject({ data: { changed: { text: 'Mehendi at noon.' } } });
  await mine.return?.();
  await opened(1);
  await yours.return?.();
  await opened(0);
});

it('ends a revoked user’s subscription alone, and says why', async () => {
  const mine = follow(secret, diary.tokenOf(ravi));
  const yours = follow('subscription { changed { id } }');
  const [first, second] = [mine.next(), yours.next()];
  await opened(2);
  diary.revoked.add(ravi.id);
  diary.emit('1');
  expect((await first).value).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await mine.next()).toMatchObject({ done: true });
  expect((await second).value).toMatchObject({ data: { changed: { id: '1' } } });
  await yours.return?.();
  await opened(0);
});

it.each([
  ['no token', secret, undefined, 'UNAUTHENTICATED'],
  ['a forged token', secret, 'Bearer forged', 'UNAUTHENTICATED'],
  ['an unknown field', 'subscription { nothing }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
])('answers %s without harm to the others of the socket', async (_, query, token, code) => {
  const others = follow('subscription { changed { id } }');
  const next = others.next();
  await opened(1);
  expect((await follow(query, token).next()).value).toMatchObject({
    errors: [{ extensions: { code } }],
  });
  diary.emit('1');
  expect((await next).value).toMatchObject({ data: { changed: { id: '1' } } });
  await others.return?.();
  await opened(0);
});

it('answers a syntax error without closing the socket of the others', async () => {
  const others = follow('subscription { changed { id } }');
  const next = others.next();
  await opened(1);
  await expect(follow('subscription {').next()).rejects.toMatchObject([
    { message: expect.stringContaining('Syntax Error') },
  ]);
  diary.emit('1');
  expect((await next).value).toMatchObject({ data: { changed: { id: '1' } } });
  await others.return?.();
  await opened(0);
});

import { randomUUID } from 'node:crypto';
import { testDatabase } from '@eventxperts/database/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { appendLive } from './append-live.ts';
import { createLive, type Live } from './create-live.ts';
import { gapless, type LiveDatabase, liveDatabase, take } from './live.fixture.ts';

let database: LiveDatabase;
let live: Live;
let stream: string;

beforeAll(async () => {
  database = await liveDatabase();
  live = database.replica();
});
afterAll(() => database.stop());
beforeEach(() => {
  stream = randomUUID();
});

const numbersOf = (updates: readonly { payload: Readonly<Record<string, unknown>> }[]) =>
  updates.map(({ payload }) => payload.number);

describe('a subscriber', () => {
  it('sees every commit of eight writers once, in order and without a gap, on every replica', async () => {
    const other = database.replica();
    const here = await live.subscribe(stream);
    const there = await other.subscribe(stream);
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 25; n += 1) {
        await database.append(stream, writer * 100 + n);
        live.wake();
      }
    });
    const [mine, theirs] = await Promise.all([take(here, 200), take(there, 200), ...writers]);
    expect(mine.map(({ seq }) => seq)).toEqual(gapless(1, 200));
    expect(theirs).toEqual(mine);
    // Each writer's own updates keep their order.
    for (let writer = 0; writer < 8; writer += 1) {
      const own = numbersOf(mine).filter((n) => Math.floor(Number(n) / 100) === writer);
      expect(own).toEqual(own.toSorted((a, b) => Number(a) - Number(b)));
    }
    await Promise.all([here.return?.(), there.return?.()]);
  });

  it('sees what comes after it joined, and nothing of another stream', async () => {
    await database.append(stream, 1);
    const updates = await live.subscribe(stream);
    await database.append(`${stream}/other`, 2);
    await database.append(stream, 3);
    live.wake();
    expect(numbersOf(await take(updates, 1))).toEqual([3]);
    await updates.return?.();
  });

  it('joins while others write, and misses nothing from then on', async () => {
    const writing = (async () => {
      for (let n = 1; n <= 150; n += 1) {
        await database.append(stream, n);
        live.wake();
      }
    })();
    const joined = await Promise.all(
      Array.from({ length: 5 }, async (_, at) => {
        await vi.waitUntil(async () => (await headOf(stream)) >= at * 20, { interval: 1 });
        const updates = await live.subscribe(stream);
        const seen: bigint[] = [];
        for await (const { seq } of updates) {
          seen.push(seq);
          if (seq === 150n) break;
        }
        return seen;
      }),
    );
    await writing;
    for (const seen of joined) expect(seen).toEqual(gapless(151 - seen.length, seen.length));
  });

  it('never sees what is not committed', async () => {
    const updates = await live.subscribe(stream);
    await expect(
      database.transaction(async (tx) => {
        await appendLive(tx, stream, { number: 1 });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await database.transaction(async (tx) => {
      await appendLive(tx, stream, { number: 2 });
      live.wake();
      // A read in this moment would have to skip the open transaction and come back for it.
      const others = await live.subscribe(`${stream}/other`);
      await database.append(`${stream}/other`, 3);
      live.wake();
      await take(others, 1);
      await others.return?.();
    });
    live.wake();
    const [first] = await take(updates, 1);
    expect(first).toEqual({ stream, seq: 1n, payload: { number: 2 } });
    await updates.return?.();
  });

  it('hears of a commit whose wake was lost by the next sweep', async () => {
    const updates = await live.subscribe(stream);
    await database.append(stream, 1);
    live.wake();
    await take(updates, 1);
    await database.append(stream, 2);
    expect(numbersOf(await take(updates, 1))).toEqual([2]);
    await updates.return?.();
  });

  it('hears again after the database ended every connection', async () => {
    const updates = await live.subscribe(stream);
    await database.append(stream, 1);
    await take(updates, 1);
    const lost = await listeners();
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name in ('live', 'listener')`,
    );
    await database.append(stream, 2);
    await vi.waitUntil(
      async () => (await listeners()).filter((pid) => !lost.includes(pid)).length === lost.length,
      { timeout: 10_000 },
    );
    expect(numbersOf(await take(updates, 1))).toEqual([2]);
    await updates.return?.();
  });

  it('ends at once when it leaves, even while it waits, and costs nothing after', async () => {
    const before = live.subscribers();
    const updates = await live.subscribe(stream);
    const waiting = updates.next();
    expect(live.subscribers()).toBe(before + 1);
    await updates.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(live.subscribers()).toBe(before);
  });

  it('that does not read is failed at 1000 updates, while others go on', async () => {
    const slow = await live.subscribe(stream);
    const quick = await live.subscribe(stream);
    const reading = take(quick, 1_001);
    await database.transaction(async (tx) => {
      for (let n = 1; n <= 1_001; n += 1) await appendLive(tx, stream, { number: n });
    });
    live.wake();
    await reading;
    await expect(slow.next()).rejects.toMatchObject({
      message: 'Fell 1000 updates behind. Subscribe again.',
      extensions: { code: 'UNAVAILABLE' },
    });
    expect(await slow.next()).toMatchObject({ done: true });
    await quick.return?.();
  });
});

it('ends its subscribers when it stops', async () => {
  const stopping = createLive({ databaseUrl: database.url, log: pino({ level: 'silent' }) });
  const waiting = (await stopping.subscribe(stream)).next();
  await stopping.stop();
  expect(await waiting).toMatchObject({ done: true });
});

it('takes subscribers again once a database that was away is back', async () => {
  const later = await testDatabase();
  const name = new URL(later.url).pathname.slice(1);
  await database.pool.query(`alter database ${name} rename to away_${name}`);
  const away = createLive({ databaseUrl: later.url, log: pino({ level: 'silent' }) });
  await expect(away.subscribe(stream)).rejects.toThrow('database');
  await database.pool.query(`alter database away_${name} rename to ${name}`);
  // It connects; what is missing now is the log itself, in a database that has no tables.
  await expect(away.subscribe(stream)).rejects.toThrow('relation "platform.live_stream"');
  await away.stop();
  await later.drop();
});

const headOf = async (name: string): Promise<number> => {
  const { rows } = await database.pool.query<{ seq: string }>(
    'select seq from platform.live_stream where stream = $1',
    [name],
  );
  return Number(rows[0]?.seq ?? 0);
};

const listeners = async (): Promise<number[]> => {
  const { rows } = await database.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity
     where datname = current_database() and application_name = 'listener'`,
  );
  return rows.map(({ pid }) => pid);
};

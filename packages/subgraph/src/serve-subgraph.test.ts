import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type TestDatabase, testDatabase } from '@eventxperts/database/testing';
import { generatePlatformKeys } from '@eventxperts/identity';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from './testing/free-port.fixture.ts';

let database: TestDatabase;
let bus: TestDatabase;
let migrationsDir: string;
let variables: Record<string, string>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  [database, bus] = await Promise.all([testDatabase(), testDatabase()]);
  migrationsDir = await mkdtemp(path.join(tmpdir(), 'diary-migrations-'));
  const { PLATFORM_JWKS } = await generatePlatformKeys();
  variables = {
    PLATFORM_JWKS,
    DATABASE_URL: database.url,
    BUS_DATABASE_URL: bus.url,
    MIGRATIONS_DIR: migrationsDir,
    LOG_LEVEL: 'warn',
  };
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await rm(migrationsDir, { recursive: true });
  await Promise.all([database.drop(), bus.drop()]);
});

/** The subgraph as a process of its own, with nothing of our environment but the path. */
async function serve(change: Record<string, string | undefined> = {}) {
  const port = await freePort();
  const typescript = new URL('../../../scripts/typescript.mjs', import.meta.url);
  const main = fileURLToPath(new URL('./testing/diary.victim.ts', import.meta.url));
  const flags = ['--conditions=source', '--import', typescript.href];
  const child = spawn(process.execPath, [...flags, main], {
    env: { PATH: process.env.PATH, ...variables, PORT: String(port), ...change },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const ended = once(child, 'exit');
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    async end() {
      const [[code], out, errors] = await Promise.all([
        ended,
        text(child.stdout),
        text(child.stderr),
      ]);
      return { code, out, errors };
    },
  };
}

const answers = (url: string) =>
  vi.waitUntil(
    () =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    { timeout: 25_000, interval: 50 },
  );

describe('a start that cannot go on says why in one line', () => {
  it.each([
    ['PORT is missing', { PORT: undefined }, 'PORT is not set.'],
    ['PORT is none', { PORT: '70000' }, 'PORT is not acceptable'],
    ['the bus is missing', { BUS_DATABASE_URL: undefined }, 'BUS_DATABASE_URL is not set.'],
    ['a key is damaged', { PLATFORM_JWKS: '{"keys": 7}' }, 'PLATFORM_JWKS is not acceptable'],
  ])('when %s', async (_, change, line) => {
    const { code, out, errors } = await (await serve(change)).end();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(errors).toContain(line);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  it('when its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, errors } = await (await serve({ PORT: port })).end();
    taken.close();
    expect(code).toBe(1);
    expect(errors).toMatch(/^Cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE.*\n$/);
  });
});

it.each(['SIGTERM', 'SIGINT'] as const)('%s ends a running subgraph in order', async (signal) => {
  const { child, url, end } = await serve();
  await answers(url);
  child.kill(signal);
  expect(await end()).toEqual({ code: 0, out: '', errors: '' });
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
});

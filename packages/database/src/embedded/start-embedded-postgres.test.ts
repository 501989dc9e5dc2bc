import { execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '../connection/ensure-database.ts';
import { refusalOf, spawnLauncher } from '../testing/spawn-launcher.ts';
import { isAlive } from './process-table.ts';
import { canReach } from './server-account.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts';

const log = pino({ level: 'silent' });
const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const checkout = import.meta.dirname;

let pristine: string;
let scratch: string;
let dataDir: string;

beforeAll(async () => {
  pristine = await mkdtemp(path.join(tmpdir(), 'embedded-postgres-'));
  const server = await startEmbeddedPostgres({ dataDir: pristine, log, durability: 'throw-away' });
  await server.stop();
});
afterAll(() => rm(pristine, { recursive: true, force: true }));

/** Each test has a cluster that ran before, copied because that is quicker than making one. */
beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'embedded-postgres-'));
  dataDir = path.join(scratch, 'data');
  await promisify(execFile)('cp', ['-a', pristine, dataDir]);
  await chmod(scratch, 0o755);
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

/** A killed process loses nothing that the operating system has, so the disk need not be waited for. */
const start = (): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataDir, log, durability: 'throw-away' });

async function ask(url: string, sql: string): Promise<unknown[]> {
  const { rows } = await withClient(url, (client) => client.query({ text: sql, rowMode: 'array' }));
  return rows.flat();
}

const whenGone = (pid: number): Promise<void> =>
  expect.poll(() => isAlive(pid), { timeout: 10_000, interval: 10 }).toBe(false);

test('keeps what was committed from one run to the next, and stops without a trace', async () => {
  const first = await start();
  const url = first.urlFor('postgres');
  await ask(url, "CREATE TABLE guest AS SELECT 'లక్ష్మి' AS name");
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start();
  expect(await ask(second.urlFor('postgres'), 'SELECT name FROM guest')).toEqual(['లక్ష్మి']);
  await second.stop();
});

test('finds words of Indian scripts by their trigrams', async () => {
  const server = await start();
  await ask(server.urlFor('postgres'), 'CREATE EXTENSION pg_trgm');
  const similar = "SELECT similarity('లక్ష్మి వివాహం', 'లక్ష్మి') > 0.3";
  expect(await ask(server.urlFor('postgres'), similar)).toEqual([true]);
  await server.stop();
});

test('lets in nobody without the password, which only its owner may read', async () => {
  const server = await start();
  const guess = new URL(server.urlFor('postgres'));
  guess.password = 'guess';
  await expect(ask(guess.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  await server.stop();
  expect((await stat(path.join(dataDir, 'password'))).mode & 0o077).toBe(0);
});

test('comes back on the same port when its server is killed', async () => {
  const server = await start();
  const url = server.urlFor('postgres');
  await ask(url, 'CREATE TABLE answer AS SELECT 42 AS number');
  const killed = server.pid;
  process.kill(killed, 'SIGKILL');
  await expect
    .poll(() => ask(url, 'SELECT number FROM answer').catch(() => 'down'), { timeout: 10_000 })
    .toEqual([42]);
  expect(server.pid).not.toBe(killed);
  await server.stop();
  expect(isAlive(server.pid)).toBe(false);
});

test('ends the server that a killed launcher left behind and goes on with its data', async () => {
  const { server: orphan, kill } = await spawnLauncher({ dataDir });
  await ask(orphan.url, 'CREATE TABLE answer AS SELECT 42 AS number');
  await kill('SIGKILL');
  expect(isAlive(orphan.pid)).toBe(true);

  const server = await start();
  expect(isAlive(orphan.pid)).toBe(false);
  expect(await ask(server.urlFor('postgres'), 'SELECT number FROM answer')).toEqual([42]);
  await server.stop();
});

test('refuses data that another launcher uses, and leaves it alone', async () => {
  const server = await start();
  expect(await refusalOf({ dataDir })).toMatch(/^The data in .* is in use by process \d+\.$/);
  expect(await ask(server.urlFor('postgres'), 'SELECT 1')).toEqual([1]);
  await server.stop();
});

test.each(['stop', 'exit-at-once'] as const)(
  'leaves no process after Ctrl-C (%s)',
  async (onInterrupt) => {
    const { server, kill } = await spawnLauncher({ dataDir, onInterrupt });
    await kill('SIGINT');
    await whenGone(server.pid);
  },
);

test('starts though an unrelated process has the number of the last server', async () => {
  await (await start()).stop();
  const stranger = spawn('sleep', ['60']);
  const file = path.join(dataDir, 'cluster', 'postmaster.pid');
  await writeFile(file, `${stranger.pid}\n${path.dirname(file)}\n0\n5432\n\n\n0 0\nready\n`);
  if (isRoot) await chownLikeCluster(file);
  const server = await start();
  expect(await ask(server.urlFor('postgres'), 'SELECT 1')).toEqual([1]);
  await server.stop();
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
});

test('makes the data folder anew when a kill interrupted its making', async () => {
  await rm(dataDir, { recursive: true });
  await mkdir(path.join(dataDir, 'cluster.new'), { recursive: true });
  await writeFile(path.join(dataDir, 'cluster.new', 'PG_VERSION'), '18\n');
  const server = await start();
  expect(await ask(server.urlFor('postgres'), 'SELECT 1')).toEqual([1]);
  await server.stop();
});

test('says in one line that the folder cannot be used', async () => {
  const file = path.join(dataDir, 'a-file');
  await writeFile(file, '');
  const impossible = startEmbeddedPostgres({ dataDir: path.join(file, 'data'), log });
  await expect(impossible).rejects.toThrow(/^PostgreSQL cannot use .*ENOTDIR.*\.$/);
});

describe.runIf(isRoot)('as root', () => {
  test('runs as another user, also below a home that only root may enter', async () => {
    dataDir = path.join(scratch, 'data-of-root');
    await chmod(scratch, 0o700);
    const first = await start();
    await ask(first.urlFor('postgres'), 'CREATE TABLE answer AS SELECT 42 AS number');
    const status = await readFile(`/proc/${first.pid}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\t[1-9]/m);
    await first.stop();

    const second = await start();
    expect(await ask(second.urlFor('postgres'), 'SELECT number FROM answer')).toEqual([42]);
    await second.stop();
  });

  test('serves an ordinary user, and tells one whose folder it is not', async (context) => {
    if (!(await canReach(nobody, checkout))) context.skip('the checkout is below a private home');
    dataDir = path.join(scratch, 'data-of-nobody');
    await mkdir(dataDir);
    await chown(dataDir, nobody.uid, nobody.gid);
    const { server, kill } = await spawnLauncher({ dataDir, account: nobody });
    expect(await ask(server.url, 'SELECT 1')).toEqual([1]);
    await kill('SIGINT');
    await whenGone(server.pid);

    await chown(dataDir, 0, 0);
    await chmod(dataDir, 0o700);
    expect(await refusalOf({ dataDir, account: nobody })).toMatch(
      /^PostgreSQL cannot use .*EACCES/,
    );
  });
});

async function chownLikeCluster(file: string): Promise<void> {
  const { uid, gid } = await stat(path.dirname(file));
  await chown(file, uid, gid);
}

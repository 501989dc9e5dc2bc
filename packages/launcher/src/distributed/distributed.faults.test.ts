import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canRunKafka } from '../../../../scripts/kafka.mjs';

const root = join(import.meta.dirname, '../../../..');
const minutes = 60_000;
const kafka = await canRunKafka();

let folder: string;
let port: number;
let run: ChildProcess;
let printed = '';

beforeAll(async () => {
  if (!kafka) return;
  const turbo = join(root, 'node_modules/turbo/bin/turbo');
  execFileSync(process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    stdio: 'inherit',
  });
  folder = await mkdtemp(join(tmpdir(), 'distributed-'));
  port = await freePorts(11);
  run = spawn(process.execPath, [join(root, 'packages/launcher/dist/distributed/main.js')], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      KAFKA_PORT: String(port + 10),
      DATA_DIR: folder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  run.stdout?.on('data', (text: Buffer) => {
    printed += text.toString();
  });
  const ended = once(run, 'exit').then(() => Promise.reject(new Error(`It ended: ${printed}`)));
  const started = eventually(
    () => expect(printed).toContain('Ctrl-C stops everything'),
    3 * minutes,
  );
  await Promise.race([started, ended]);
  ended.catch(() => undefined);
}, 6 * minutes);

afterAll(async () => {
  if (!kafka) return;
  if (run.exitCode === null) {
    run.kill('SIGINT');
    await once(run, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
}, minutes);

const at = (path: string): string => `http://127.0.0.1:${port}${path}`;

async function isReady(): Promise<boolean> {
  return (await fetch(at('/health/ready'))).ok;
}

async function codesOf(query: string): Promise<string[]> {
  const answer = await fetch(at('/graphql'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { errors = [] } = (await answer.json()) as {
    errors?: { extensions: { code: string } }[];
  };
  return errors.map(({ extensions }) => extensions.code);
}

describe.runIf(kafka)('the gateway and nine subgraphs, each a process of its own', () => {
  it('pass the end-to-end tests that the standalone run passes', async () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const tests = spawn(process.execPath, [vitest, 'run', 'packages/testing/src/e2e'], {
      cwd: root,
      env: { PATH: process.env.PATH, SUPERGRAPH_URL: at(''), SUPERGRAPH_DATA_DIR: folder },
      stdio: 'inherit',
    });
    expect(await once(tests, 'exit')).toEqual([0, null]);
    expect(await readdir(join(folder, 'outbox'))).not.toEqual([]);
  });

  it('answer UNAVAILABLE while a subgraph is gone, and it comes back', async () => {
    expect(await isReady()).toBe(true);
    const [events] = processesOf('subgraphs/events/dist/main.js');
    process.kill(events ?? 0, 'SIGKILL');
    await eventually(async () => {
      expect(await codesOf('{ events { totalCount } }')).toEqual(['UNAVAILABLE']);
    }, minutes);
    expect(await isReady()).toBe(false);
    // Whoever does not need it is answered all the same.
    expect(await codesOf('{ errorCodes { code } }')).toEqual([]);
    await eventually(async () => expect(await isReady()).toBe(true), minutes);
    expect(await codesOf('{ events { totalCount } }')).toEqual([]);
    const [back] = processesOf('subgraphs/events/dist/main.js');
    expect(back).not.toBe(events);
  });

  it('leave no process behind after Ctrl-C', async () => {
    const all = processesOf(folder, ...[...ports()].map((each) => `PORT=${each}\0`));
    expect(all.length).toBeGreaterThan(11);
    run.kill('SIGINT');
    expect(await once(run, 'exit')).toEqual([0, null]);
    expect(all.filter(isAlive)).toEqual([]);
  });
});

function* ports(): Iterable<number> {
  for (let each = port; each <= port + 9; each++) yield each;
}

/** Processes whose command line or environment holds one of `texts`, this run's alone. */
function processesOf(...texts: string[]): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) => {
      const [command, environment] = [read(pid, 'cmdline'), read(pid, 'environ')];
      const isOurs = command.includes(folder) || environment.includes(`localhost:${port}`);
      return isOurs && texts.some((text) => command.includes(text) || environment.includes(text));
    });
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The first of `count` ports in a row that are free, below those that systems give away by themselves. */
async function freePorts(count: number): Promise<number> {
  for (let first = 20_000 + (process.pid % 10_000); ; first += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, n) => isFree(first + n)));
    if (free.every(Boolean)) return first;
  }
}

const isFree = (each: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(each, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

async function eventually(check: () => unknown, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

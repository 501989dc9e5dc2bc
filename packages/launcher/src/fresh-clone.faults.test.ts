import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** A terminal of its own: nothing of this test run, but where the user's npm finds its registry. */
const usersOwn = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) =>
      ['PATH', 'HOME'].includes(name) || /^npm_config_(?!local_prefix|prefix)/i.test(name),
  ),
);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fresh-clone-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a fresh clone answers after "npm start" alone, and again after a Ctrl-C in the terminal', async () => {
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const port = await freePort();
  const first = await startAndAsk(clone, port);
  expect(first.printed).toContain('installing packages');
  expect(first.printed).toContain('200 guests');

  const second = await startAndAsk(clone, port);
  expect(second.printed).not.toContain('installing packages');
  expect(second.seconds).toBeLessThan(first.seconds);
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' })).toBe('');
});

/** `npm start` as in a terminal: a Ctrl-C there reaches npm and all that it started. */
async function startAndAsk(clone: string, port: number) {
  const began = performance.now();
  const npm = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...usersOwn, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  const note = (text: Buffer) => {
    printed += text.toString();
  };
  npm.stdout.on('data', note);
  npm.stderr.on('data', note);
  const exited = once(npm, 'exit');
  while (!/Guest +\S+ +password \S+\n/.test(printed)) {
    if (npm.exitCode !== null) throw new Error(printed);
    await Promise.race([once(npm.stdout, 'data'), exited]);
  }
  const seconds = (performance.now() - began) / 1_000;
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ events { nodes { title organizer { displayName } } } }' }),
  });
  expect(await answer.json()).toEqual({
    data: {
      events: {
        nodes: [
          { title: 'Wedding of Ananya and Karthik', organizer: { displayName: 'Priya Reddy' } },
        ],
      },
    },
  });
  const group = npm.pid ?? 0;
  process.kill(-group, 'SIGINT');
  await exited;
  expect(processesWith(clone)).toBe('');
  return { printed, seconds };
}

/** What still runs out of the clone, or on its data. */
function processesWith(text: string): string {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(text)).join('\n');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}

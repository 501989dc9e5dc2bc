import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoGuestList } from './demo-account.fixture.ts';
import {
  accounts,
  buildBundle,
  endPostmaster,
  freePort,
  isAlive,
  launch,
  postmasterOf,
  ready,
} from './launch.fixture.ts';

let bundle: string;
let folder: string;
let port: number;

beforeAll(async () => {
  bundle = buildBundle();
  folder = await mkdtemp(join(tmpdir(), 'standalone-'));
  port = await freePort();
});
afterAll(async () => {
  await endPostmaster(join(folder, 'demo'));
  await rm(folder, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
});

const url = () => `http://127.0.0.1:${port}`;

vi.setConfig({ testTimeout: 120_000 });

describe('npm start', () => {
  it('says where everything is, with a demo that can be signed in to, and leaves nothing', async () => {
    const dataDir = join(folder, 'demo');
    const run = launch({ dataDir, port, environment: { DEMO: 'true' } });
    await run.printed(accounts);
    const banner = run.stdout();
    expect(banner).toMatch(/is ready after \d+\.\d s\. Ctrl-C stops it\./);
    expect(banner).toContain(`Endpoint   http://localhost:${port}/graphql`);
    expect(banner).toContain(`Explorer   http://localhost:${port}\n`);
    expect(banner).toContain(join(dataDir, 'outbox'));
    expect(run.stderr()).toBe('');

    const explorer = await fetch(url(), { headers: { accept: 'text/html' } });
    expect(explorer.headers.get('content-type')).toContain('text/html');
    const { weddings, sessions, people, answers } = await demoGuestList(url(), banner);
    expect(weddings).toHaveLength(1);
    expect(sessions.map(({ parent }) => parent?.title)).toEqual(Array(4).fill(weddings[0]?.title));
    expect(people).toHaveLength(200);
    expect(new Set(answers)).toEqual(new Set(['YES', 'NO', 'MAYBE']));
    expect(weddings[0]?.rsvpSummary.headcount).toBeGreaterThan(100);

    const server = postmasterOf(dataDir);
    expect(isAlive(server)).toBe(true);
    expect(await run.end('SIGINT')).toBe(0);
    expect(isAlive(server)).toBe(false);
    await expect(fetch(url())).rejects.toThrow();
  });

  it('keeps what was there when it is killed and started again', async () => {
    const dataDir = join(folder, 'demo');
    const killed = launch({ dataDir, port });
    await killed.printed(accounts);
    await killed.end('SIGKILL');
    const orphan = postmasterOf(dataDir);
    const run = launch({ dataDir, port });
    await run.printed(accounts);
    expect(isAlive(orphan)).toBe(false);
    const { weddings, people } = await demoGuestList(url(), run.stdout());
    expect([weddings.length, people.length]).toEqual([1, 200]);
    expect(await run.end('SIGTERM')).toBe(0);
  });

  it('stops in order, whole also where npm passes the signal on a second time', async () => {
    const dataDir = join(folder, 'demo');
    const run = launch({ dataDir, port });
    await run.printed(ready);
    const server = postmasterOf(dataDir);
    process.kill(run.pid, 'SIGINT');
    expect(await run.end('SIGINT')).toBe(0);
    expect(isAlive(server)).toBe(false);
  });

  it('stops in order while it still starts', async () => {
    const dataDir = join(folder, 'demo');
    const run = launch({ dataDir, port });
    const server = await untilServer(dataDir);
    expect(await run.end('SIGINT')).toBe(0);
    expect(isAlive(server)).toBe(false);
  });
});

async function untilServer(dataDir: string): Promise<number> {
  for (;;) {
    const pid = postmasterOf(dataDir);
    if (pid !== undefined && isAlive(pid)) return pid;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

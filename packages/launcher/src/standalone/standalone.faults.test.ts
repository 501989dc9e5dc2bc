import { rmSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoGuestList } from './demo-account.fixture.ts';
import {
  accounts,
  buildBundle,
  endPostmaster,
  freePort,
  isAlive,
  type LaunchOptions,
  launch,
  postmasterOf,
  ready,
} from './launch.fixture.ts';

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

let bundle: string;
let folder: string;
let port: number;

beforeAll(async () => {
  bundle = buildBundle();
  folder = await mkdtemp(join(tmpdir(), 'standalone-'));
  await chmod(folder, 0o755);
  port = await freePort();
});
afterAll(async () => {
  await endPostmaster(join(folder, 'killed'));
  await rm(folder, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
});

const url = () => `http://127.0.0.1:${port}`;

async function ask(query: string): Promise<string> {
  const answer = await fetch(`${url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return answer.text();
}

describe('a start that was killed while it made the demo', () => {
  const dataDir = () => join(folder, 'killed');
  const start = () => launch({ dataDir: dataDir(), port, environment: { DEMO: 'true' } });

  const moments: readonly (readonly [string, () => Promise<boolean>])[] = [
    ['before its first account', async () => true],
    ['between its events', async () => (await ask('{ events { totalCount } }')).includes('1')],
    ['a moment later', async () => (await ask('{ events { totalCount } }')).includes('1')],
  ];

  it.each(moments)('%s is taken up by the next one', async (_, isDue) => {
    const killed = start();
    await killed.printed(/Making a demo/);
    while (!(await isDue()));
    await killed.end('SIGKILL');
  });

  it('and in the end there is one wedding with 200 guests', async () => {
    const run = start();
    await run.printed(accounts);
    const { weddings, sessions, people, answers } = await demoGuestList(url(), run.stdout());
    expect([weddings.length, sessions.length, people.length]).toEqual([1, 4, 200]);
    expect(answers.length).toBeGreaterThan(20);
    expect(await run.end('SIGINT')).toBe(0);
  });
});

describe('below a home that only its owner may enter', () => {
  async function startsTwice(options: LaunchOptions): Promise<void> {
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const run = launch(options);
      await run.printed(ready);
      expect(await ask('{ events { totalCount } }')).toContain('"totalCount":0');
      const server = postmasterOf(options.dataDir);
      await run.end(signal);
      expect(isAlive(server)).toBe(signal === 'SIGKILL');
    }
  }

  async function privateHome(name: string, uid: number): Promise<string> {
    const home = join(folder, name);
    await mkdir(home, { mode: 0o700 });
    await chown(home, uid, uid);
    return home;
  }

  it.runIf(isRoot)('root starts it, also after a kill', async () => {
    const home = await privateHome('root', 0);
    await startsTwice({ dataDir: join(home, 'data'), port, environment: { HOME: home } });
  });

  it('an ordinary user starts it, also after a kill', async () => {
    const uid = isRoot ? nobody : (process.getuid?.() ?? nobody);
    const home = await privateHome('user', uid);
    await startsTwice({
      dataDir: join(home, 'data'),
      port,
      environment: { HOME: home },
      ...(isRoot ? { uid } : {}),
    });
  });
});

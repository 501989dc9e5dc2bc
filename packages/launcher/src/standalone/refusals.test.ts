import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  buildBundle,
  freePort,
  isAlive,
  type LaunchOptions,
  launch,
  postmasterOf,
} from './launch.fixture.ts';

let bundle: string;
let folder: string;
let port: number;

beforeAll(async () => {
  bundle = buildBundle();
  folder = await mkdtemp(join(tmpdir(), 'refusals-'));
  port = await freePort();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
});

async function refusalOf(options: Partial<LaunchOptions>): Promise<string> {
  const run = launch({ dataDir: join(folder, 'fresh'), port, ...options });
  expect(await run.exited).toBe(1);
  expect(run.stdout()).toBe('');
  return run.stderr();
}

/** One line, and no stack. */
const oneLine = (pattern: RegExp) => expect.stringMatching(new RegExp(`^${pattern.source}\\n$`));

async function folderWith(name: string, content: string): Promise<string> {
  const dataDir = await mkdtemp(join(folder, 'data-'));
  await writeFile(join(dataDir, name), content);
  return dataDir;
}

vi.setConfig({ testTimeout: 120_000 });

describe('npm start refuses in one line', () => {
  it('a port that is in use, before it touches the data', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    expect(await refusalOf({})).toEqual(
      oneLine(/Port \d+ is in use; choose another with PORT=4001 npm start\./),
    );
    await new Promise((resolve) => holder.close(resolve));
    await expect(mkdir(join(folder, 'fresh'))).resolves.toBeUndefined();
  });

  it('a variable that means nothing', async () => {
    expect(await refusalOf({ environment: { PORT: 'four thousand' } })).toEqual(
      oneLine(/PORT is not acceptable: .+/),
    );
  });

  it('a folder that cannot be written', async () => {
    const file = join(await folderWith('file', ''), 'file');
    expect(await refusalOf({ dataDir: join(file, 'data') })).toEqual(
      oneLine(/DATA_DIR .+ cannot be written: .+/),
    );
  });

  it.runIf(process.getuid?.() === 0)('a folder of another user', async () => {
    const dataDir = await mkdtemp(join(folder, 'roots-'));
    expect(await refusalOf({ dataDir, uid: 65_534 })).toEqual(
      oneLine(/DATA_DIR .+ cannot be written: .+/),
    );
  });

  it('the data of a newer release', async () => {
    const dataDir = await folderWith('version.json', '{"format": 99, "postgresMajor": 18}');
    expect(await refusalOf({ dataDir })).toEqual(oneLine(/DATA_DIR .+ newer release .+/));
  });

  it('damaged data', async () => {
    const dataDir = await folderWith('version.json', '{"format":');
    expect(await refusalOf({ dataDir })).toEqual(oneLine(/.+version\.json is damaged; .+/));
  });

  it.each(['not JSON', '{"PLATFORM_JWKS": "{}"}'])(
    'damaged keys, and leaves no server running: %s',
    async (content) => {
      const dataDir = await folderWith('keys.json', content);
      expect(await refusalOf({ dataDir })).toEqual(oneLine(/.+keys\.json is damaged: .+/));
      expect(isAlive(postmasterOf(dataDir))).toBe(false);
    },
  );
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { StartError } from '@eventxperts/errors';
import { z } from 'zod';

export interface DemoServer {
  readonly url: string;
  readonly organizer: { readonly email: string; readonly password: string };
  stop(): Promise<void>;
}

const demoFile = z.object({
  accounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
});

/** The standalone run with its demo, on a folder and a port of its own. */
export async function startDemoServer(root: string): Promise<DemoServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pictures-data-'));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [join(root, 'packages/launcher/dist/bundle/standalone.mjs')],
    {
      cwd: root,
      env: { PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await saysReady(child);
    const { accounts } = demoFile.parse(
      JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')),
    );
    const organizer = accounts.find(({ role }) => role === 'Organizer');
    if (!organizer) throw new StartError('The demo has no organizer.');
    return { url: `http://localhost:${port}`, organizer, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function saysReady({ stdout }: ChildProcess): Promise<void> {
  let said = '';
  for await (const text of stdout ?? []) {
    said += text;
    if (said.includes('is ready')) return;
  }
  throw new StartError('EventXperts did not start.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string')
    throw new StartError('There is no free port.');
  return address.port;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const typescript = new URL('../../../scripts/typescript.mjs', import.meta.url).href;
const victim = fileURLToPath(new URL('run-process.victim.ts', import.meta.url));

function run(behaviour: 'stops' | 'hangs' | 'hangs-briefly' | 'refuses') {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', typescript, victim, behaviour],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  let printed = '';
  const outputs = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of outputs) {
    stream.on('data', (text: Buffer) => {
      printed += text.toString();
    });
  }
  // Not by 'close', which Node does not tell of a child that was disconnected.
  const ended = outputs.map((stream) => once(stream, 'end'));
  const exited = Promise.all([once(child, 'exit'), ...ended]).then(([[code]]) => ({
    code,
    printed,
  }));
  return {
    child,
    exited,
    async until(text: string) {
      while (!printed.includes(text)) await once(child.stdout ?? child, 'data');
    },
  };
}

it('stops in order once, where the terminal and npm both pass a Ctrl-C on', async () => {
  const { child, exited, until } = run('stops');
  await until('started');
  child.kill('SIGINT');
  await until('stopping');
  child.kill('SIGINT');
  expect(await exited).toEqual({ code: 0, printed: 'started\nstopping\nstopped\n' });
});

it('ends at once where somebody insists', async () => {
  const { child, exited, until } = run('hangs');
  await until('started');
  while (child.exitCode === null) {
    child.kill('SIGTERM');
    await wait(100);
  }
  expect(await exited).toEqual({ code: 1, printed: 'started\nstopping\n' });
});

it('ends by itself when stopping takes too long', async () => {
  const { child, exited, until } = run('hangs-briefly');
  await until('started');
  child.kill('SIGINT');
  expect((await exited).code).toBe(1);
});

it('stops in order when its launcher is gone', async () => {
  const { child, exited, until } = run('stops');
  await until('started');
  child.disconnect();
  expect((await exited).code).toBe(0);
});

it('refuses to start in one line', async () => {
  expect(await run('refuses').exited).toEqual({ code: 1, printed: 'The moon is full.\n' });
});

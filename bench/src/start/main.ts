import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { median, print, report } from '../report.ts';
import { launch } from './launch.ts';
import { memoryBelow } from './memory.ts';
import { answersFederated, answersHello, mixedRequests } from './requests.ts';

const rounds = 5;
const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
const ours = { port: '4391', url: 'http://127.0.0.1:4391' };
const bare = { port: '4392', url: 'http://127.0.0.1:4392' };
const bareFile = join(folder, 'bare.mjs');
const environment = { PORT: ours.port, DATA_DIR: join(folder, 'data') };

const direct = ['node', 'packages/launcher/dist/bundle/standalone.mjs'] as const;
const throughNpm = ['npm', 'start'] as const;

const startOurs = (command: readonly [string, ...string[]]) =>
  launch({ command, cwd: root, environment, answers: () => answersFederated(ours.url) });

const startBare = () =>
  launch({
    command: ['node', bareFile],
    cwd: folder,
    environment: { PORT: bare.port },
    answers: () => answersHello(bare.url),
  });

/** One round: the same thing started directly, by npm, and the bare server. */
async function round(account: { email: string; password: string }) {
  const npm = await startOurs(throughNpm);
  await npm.stop();
  const server = await startOurs(direct);
  const afterFirst = memoryBelow(server.pid);
  await mixedRequests(ours.url, account);
  const afterMany = memoryBelow(server.pid);
  await server.stop();
  const reference = await startBare();
  const bareMemory = memoryBelow(reference.pid);
  await reference.stop();
  return {
    npm: npm.seconds,
    direct: server.seconds,
    bare: reference.seconds,
    afterFirst,
    afterMany,
    bareMemory,
  };
}

async function main(): Promise<void> {
  say('Building, and making the data folder once...');
  execFileSync('node', ['packages/launcher/build.mjs'], { cwd: root, stdio: 'inherit' });
  await bundleBareServer();
  const first = await startOurs(direct);
  const account = await demoAccount();
  await first.stop();

  const results: Awaited<ReturnType<typeof round>>[] = [];
  for (let count = 1; count <= rounds; count++) {
    say(`Round ${count} of ${rounds}`);
    results.push(await round(account));
  }
  const middle = (key: keyof (typeof results)[number]) => median(results.map((each) => each[key]));
  print(
    ['medians', 'npm start', 'without npm', 'bare @apollo/server'],
    [
      ['first answer, s', fixed(middle('npm')), fixed(middle('direct')), fixed(middle('bare'))],
      ['MB after it', '', fixed(middle('afterFirst')), fixed(middle('bareMemory'))],
      ['MB after 200 requests', '', fixed(middle('afterMany')), ''],
    ],
  );
  say(`npm's own share of npm start: ${fixed(middle('npm') - middle('direct'))} s`);
  report('start', {
    'seconds to the first federated answer, without npm': { value: middle('direct'), goal: 2 },
    'start time, ours / bare @apollo/server': {
      value: middle('direct') / middle('bare'),
      goal: 8,
    },
    'MB after the first answer': { value: middle('afterFirst'), goal: 300 },
    'MB after 200 requests': { value: middle('afterMany'), goal: 400 },
  });
}

/** The accounts hold once the demo is complete. */
async function demoAccount(): Promise<{ email: string; password: string }> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (Date.now() > deadline) throw new Error('The demo was not complete after a minute.');
    const { complete, accounts } = JSON.parse(
      readFileSync(join(environment.DATA_DIR, 'demo.json'), 'utf8'),
    );
    if (complete) return accounts[0];
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** The reference gets the same bundling as we do. */
const bundleBareServer = () =>
  build({
    entryPoints: [join(import.meta.dirname, 'bare-server.ts')],
    outfile: bareFile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });

const fixed = (value: number): string => value.toFixed(2);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

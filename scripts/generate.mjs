#!/usr/bin/env node
// Generates the Prisma clients of the domains whose schema changed since, several at a time. Built-ins
// and the Prisma command line alone, so that it runs right after an install.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json');

/** Generates what is stale, and reports each client as it is there. Returns the domains. */
async function generateClients({ domains = listDomains(), report = () => undefined } = {}) {
  const stale = domains.filter((domain) => readStamp(domain) !== fingerprint(domain));
  const waiting = [...stale];
  let done = 0;
  async function work() {
    for (let domain = waiting.shift(); domain !== undefined; domain = waiting.shift()) {
      await generateClient(domain);
      done += 1;
      report({ domain, done, total: stale.length });
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
  return stale;
}

async function generateClient(domain) {
  const target = clientFolder(domain);
  const stamp = fingerprint(domain);
  // Away with the old one first: a client half written, or of a model now gone, is worse than none.
  rmSync(target, { recursive: true, force: true });
  await runPrisma(['generate', '--config', join(root, 'prisma', domain, 'prisma.config.ts')]);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, '.fingerprint'), stamp);
}

async function runPrisma(args) {
  const cli = join(prismaPackage, '..', 'build', 'index.js');
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // It would look for news of itself on the network.
    env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  });
  const exited = new Promise((resolve, reject) =>
    child.once('error', reject).once('exit', resolve),
  );
  const [code, output, complaint] = await Promise.all([
    exited,
    text(child.stdout),
    text(child.stderr),
  ]);
  if (code !== 0) throw new Error(`prisma ${args.join(' ')}\n${output}${complaint}`);
}

/** What a client is made of: its schema and the version that writes it. */
function fingerprint(domain) {
  const hash = createHash('sha256');
  hash.update(readFileSync(prismaPackage));
  hash.update(readFileSync(join(root, 'prisma', domain, 'schema.prisma')));
  return hash.digest('hex');
}

function readStamp(domain) {
  try {
    return readFileSync(join(clientFolder(domain), '.fingerprint'), 'utf8');
  } catch {
    return undefined;
  }
}

const clientFolder = (domain) => join(root, 'subgraphs', domain, 'src', 'generated', 'prisma');

const listDomains = () =>
  readdirSync(join(root, 'prisma'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2);
  const report = ({ domain, done, total }) => {
    process.stdout.write(`database client ${done}/${total}: ${domain}\n`);
  };
  try {
    await generateClients({ ...(named.length > 0 && { domains: named }), report });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

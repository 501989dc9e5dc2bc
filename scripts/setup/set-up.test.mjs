import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeRefusal } from './node-version.mjs';

const countRun = (name, output) => `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
  appendFileSync('runs.txt', '${name} ');
  mkdirSync('${dirname(output)}', { recursive: true });
  writeFileSync('${output}', '');
`;

/** A clone small enough to install at once: one workspace, one domain, generators that count runs. */
function fakeClone() {
  const root = mkdtempSync(join(tmpdir(), 'setup-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(
    'package.json',
    JSON.stringify({ name: 'clone', version: '1.0.0', workspaces: ['packages/*'] }),
  );
  write('packages/launcher/package.json', JSON.stringify({ name: 'launcher', version: '1.0.0' }));
  execFileSync('npm', ['install', '--package-lock-only', '--no-audit'], {
    cwd: root,
    stdio: 'ignore',
  });
  write('schema/events/user/user.created.schema.json', '{}');
  write('prisma/users/schema.prisma', 'model User {}');
  write('packages/launcher/src/standalone.ts', '');
  write(
    'scripts/generate-contracts.mjs',
    countRun('contracts', 'packages/messaging/src/generated/contracts.ts'),
  );
  write('scripts/generate.mjs', countRun('clients', 'subgraphs/users/src/generated/client.ts'));
  write(
    'packages/launcher/build.mjs',
    countRun('bundle', 'packages/launcher/dist/bundle/standalone.mjs'),
  );
  cpSync(join(import.meta.dirname), join(root, 'scripts/setup'), { recursive: true });
  cpSync(join(import.meta.dirname, '../setup.mjs'), join(root, 'scripts/setup.mjs'));
  return { root, write };
}

describe('set-up of a clone', () => {
  let clone;
  const setUp = (goal) => {
    const run = spawnSync(process.execPath, ['scripts/setup.mjs', goal], {
      cwd: clone.root,
      encoding: 'utf8',
    });
    return { code: run.status, out: run.stdout, err: run.stderr };
  };
  const runs = () => {
    const file = join(clone.root, 'runs.txt');
    const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    rmSync(file, { force: true });
    return text;
  };

  beforeEach(() => {
    clone = fakeClone();
  });
  afterEach(() => rmSync(clone.root, { recursive: true, force: true }));

  it('does everything a fresh clone lacks, then nothing and silently', () => {
    const first = setUp('start');
    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err).toMatch(/installing packages: done in/);
    expect(runs()).toBe('contracts clients bundle');

    expect(setUp('start')).toEqual({ code: 0, out: '', err: '' });
    expect(runs()).toBe('');
  });

  it('builds no bundle for the tests', () => {
    setUp('test');
    expect(runs()).toBe('contracts clients');
  });

  it('redoes only what a change made stale', () => {
    setUp('start');
    runs();
    clone.write('schema/events/user/user.created.schema.json', '{ "type": "object" }');
    setUp('test');
    expect(runs()).toBe('contracts');
    clone.write('packages/launcher/src/standalone.ts', 'export {};');
    setUp('start');
    expect(runs()).toBe('bundle');
  });

  it('does not redo what was touched without a change', () => {
    setUp('test');
    runs();
    utimesSync(join(clone.root, 'prisma/users/schema.prisma'), new Date(), new Date());
    expect(setUp('test').err).toBe('');
    expect(runs()).toBe('');
  });

  it('makes a missing output again', () => {
    setUp('test');
    runs();
    rmSync(join(clone.root, 'subgraphs/users/src/generated'), { recursive: true });
    setUp('test');
    expect(runs()).toBe('clients');
  });

  it('leaves an installation alone that npm made by itself', () => {
    execFileSync('npm', ['install', '--no-audit'], { cwd: clone.root, stdio: 'ignore' });
    const run = setUp('test');
    expect(run.code).toBe(0);
    expect(run.err).not.toMatch(/installing/);
  });

  it('installs again after a kill in the middle of an installation', () => {
    setUp('test');
    rmSync(join(clone.root, 'node_modules/.package-lock.json'));
    expect(setUp('test').err).toMatch(/installing packages: done in/);
  });

  it('says in one line what failed, with the end of the output, and tries again next time', () => {
    clone.write('scripts/generate.mjs', 'console.error("no such model: Usr"); process.exit(3);');
    const failed = setUp('test');
    expect(failed.code).toBe(1);
    const [line, ...tail] = failed.err
      .slice(failed.err.indexOf('Set-up stopped'))
      .trim()
      .split('\n');
    expect(line).toMatch(
      /while generating the database clients: node scripts\/generate.mjs ended with 3/,
    );
    expect(tail).toEqual(['no such model: Usr']);

    clone.write(
      'scripts/generate.mjs',
      countRun('clients', 'subgraphs/users/src/generated/client.ts'),
    );
    expect(setUp('test').code).toBe(0);
  });

  it('takes over the lock of a killed run', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    clone.write('.setup/lock', String(pid));
    expect(setUp('test').code).toBe(0);
  });
});

describe('the Node version', () => {
  it.each(['18.20.4', '20.18.3'])('refuses %s in one line', (version) => {
    expect(nodeRefusal(version)).toBe(
      `EventXperts needs Node 20.19 or later; this is Node ${version}.`,
    );
  });
  it.each(['20.19.0', '22.3.0', '24.0.0'])('accepts %s', (version) => {
    expect(nodeRefusal(version)).toBeUndefined();
  });
});

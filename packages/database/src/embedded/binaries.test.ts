import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { restoreSymlinks } from './binaries.ts';

test('the links that npm drops are made when no install script did, and kept afterwards', async () => {
  const packageRoot = await mkdtemp(path.join(tmpdir(), 'binaries-'));
  const native = path.join(packageRoot, 'native');
  await mkdir(path.join(native, 'lib'), { recursive: true });
  await writeFile(path.join(native, 'lib', 'libpq.so.5.18'), 'library');
  const links = [
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
  ];
  await writeFile(path.join(native, 'pg-symlinks.json'), JSON.stringify(links));
  await restoreSymlinks(native);
  await restoreSymlinks(native);
  expect(await readFile(path.join(native, 'lib', 'libpq.so'), 'utf8')).toBe('library');
  expect(await readFile(path.join(native, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  await rm(packageRoot, { recursive: true });
});
